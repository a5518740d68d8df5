import { readFileSync } from "node:fs";
import { globSync } from "tinyglobby";
import { rules } from "../../../rules/index.ts";
import { readPage } from "../../support/rule-pages.ts";
import { manifests } from "./manifests.ts";

const inExamples = globSync("examples/**/*.yaml")
  .toSorted()
  .map((path) => readFileSync(path, "utf8"));

const onPages = rules.flatMap((rule) => readPage(rule)?.examples ?? []);

/** Every manifest that this repository shows to users, and the odd ones of the tests. */
export const corpus: readonly string[] = [
  ...manifests,
  ...inExamples,
  ...onPages.map(({ text }) => text),
];

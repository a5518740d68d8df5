import { readFileSync } from "node:fs";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { splitDocuments } from "../../src/load/yaml/documents.ts";
import { readDocument } from "../../src/load/yaml/read.ts";
import { analyzed } from "../support/analyze.ts";
import { inventoryOf } from "../support/world.ts";
import { mutatedText } from "./yaml/mutations.ts";

const before = readFileSync("examples/shop/config.yaml", "utf8");
const after = ["issuers", "services"]
  .map((name) => readFileSync(`examples/shop/${name}.yaml`, "utf8"))
  .join("\n---\n");

/** Milliseconds within which some documents of a few lines must be read and judged. */
const patience = 1000;

/** What is said of the documents that can be read. */
function saidOf(between: string): readonly string[] {
  const text = `${before}\n---\n${between}\n---\n${after}`;
  const { findings, crashes } = analyzed([inventoryOf({ "file.yaml": text })]);
  expect(crashes).toEqual([]);
  return findings
    .filter(({ code }) => code !== "KC901")
    .map(({ code, message }) => `${code} ${message}`);
}

test("a document that cannot be read takes no finding away from its neighbours", () => {
  const expected = saidOf("");
  expect(expected.length).toBeGreaterThan(2);
  let refused = 0;
  fc.assert(
    fc.property(mutatedText, (broken) => {
      const start = performance.now();
      const said = saidOf(broken);
      expect(performance.now() - start).toBeLessThan(patience);
      if (splitDocuments(broken).some(({ text }) => readDocument(text).ok)) return;
      refused++;
      expect(said).toEqual(expected);
    }),
    { seed: 11, numRuns: 10_000 },
  );
  expect(refused).toBeGreaterThan(2000);
}, 900_000);

import { readFileSync, readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { readDocument } from "../src/load/yaml/read.ts";
import { splitDocuments } from "../src/load/yaml/documents.ts";
import { isObject, text, type Json, type JsonObject } from "../src/model/json.ts";
import { pointer, stepsOf } from "../src/model/pointer.ts";
import { analyzed } from "./support/analyze.ts";
import { harmless } from "./support/harmless.ts";
import { inventoryOf } from "./support/world.ts";

/** Every object of the healthy example. */
const objects: readonly JsonObject[] = readdirSync("examples/healthy")
  .filter((name) => /^[a-z].*\.yaml$/.test(name))
  .toSorted()
  .flatMap((name) => splitDocuments(readFileSync(`examples/healthy/${name}`, "utf8")))
  .flatMap((document) => {
    const read = readDocument(document.text);
    return read.ok && isObject(read.value) ? [read.value] : [];
  });

const crds = ["certificaterequests", "certificates", "clusterissuers", "issuers"].map(
  (plural) => `${plural}.cert-manager.io`,
);
const assumed = [...crds, "challenges.acme.cert-manager.io"].map((name) => ({
  kind: "CustomResourceDefinition" as const,
  namespace: "",
  name,
}));

/** The findings of a world as lines, without what changes with the mutation itself. */
function findingsOf(items: readonly JsonObject[]): ReadonlySet<string> {
  const list = JSON.stringify({ apiVersion: "v1", kind: "List", items });
  const report = analyzed([inventoryOf({ "all.json": list }, { complete: true, assumed })]);
  if (report.crashes.length > 0) throw new Error(report.crashes[0]?.stack);
  return new Set(
    report.findings.map(({ code, severity, message }) => `${code} ${severity} ${message}`),
  );
}

interface Mutation {
  readonly what: "deleted" | "broken";
  readonly path: string;
  readonly items: readonly JsonObject[];
}

function nameOf(object: JsonObject): string {
  return `${text(object, "kind") ?? ""}/${text(object, "metadata", "name") ?? ""}`;
}

/** The value with the entry at `steps` replaced, or left out where `value` is undefined. */
function change(root: Json, steps: readonly string[], value: Json | undefined): Json {
  const [step, ...rest] = steps;
  if (step === undefined) return value ?? null;
  if (Array.isArray(root)) {
    const copy = [...root];
    if (rest.length === 0 && value === undefined) copy.splice(Number(step), 1);
    else copy[Number(step)] = change(copy[Number(step)] ?? null, rest, value);
    return copy;
  }
  if (!isObject(root)) return root;
  const entries = Object.entries(root).flatMap(([key, entry]) => {
    if (key !== step) return [[key, entry] as const];
    return rest.length === 0 && value === undefined
      ? []
      : [[key, change(entry, rest, value)] as const];
  });
  return Object.fromEntries(entries);
}

function* paths(value: Json, path = ""): Iterable<{ readonly path: string; readonly value: Json }> {
  if (path !== "") yield { path, value };
  if (Array.isArray(value))
    for (const [i, entry] of value.entries()) yield* paths(entry, path + pointer(i));
  else if (isObject(value))
    for (const [key, entry] of Object.entries(value)) yield* paths(entry, path + pointer(key));
}

/** A value of the same place that is wrong: a word nobody knows, the opposite, or another type. */
function broken(value: Json): Json {
  if (typeof value === "boolean") return !value;
  if (typeof value === "number") return -1;
  return typeof value === "string" ? "broken" : "broken";
}

/** The lines of YAML inside a string: each is a field of its own. */
function* nestedMutations(
  value: string,
): Iterable<readonly [field: string, deleted: string, broken: string]> {
  const lines = value.split("\n").filter((line) => line.includes(":"));
  if (lines.length < 2) return;
  for (const line of lines) {
    const field = line.slice(0, line.indexOf(":")).trim();
    yield [
      field,
      value.replace(`${line}\n`, ""),
      value.replace(line, `${line.slice(0, line.indexOf(":"))}: broken`),
    ];
  }
}

function* mutations(): Iterable<Mutation> {
  for (const [i, object] of objects.entries()) {
    const replace = (changed: Json) =>
      objects.flatMap((one, j) => (i === j ? (isObject(changed) ? [changed] : []) : [one]));
    const of = (path: string) => `${nameOf(object)}#${path}`;
    yield { what: "deleted", path: of(""), items: objects.filter((_, j) => j !== i) };
    for (const { path, value } of paths(object)) {
      const steps = stepsOf(path);
      yield { what: "deleted", path: of(path), items: replace(change(object, steps, undefined)) };
      yield {
        what: "broken",
        path: of(path),
        items: replace(change(object, steps, broken(value))),
      };
      if (typeof value !== "string") continue;
      for (const [field, less, wrong] of nestedMutations(value)) {
        yield {
          what: "deleted",
          path: of(`${path}|${field}`),
          items: replace(change(object, steps, less)),
        };
        yield {
          what: "broken",
          path: of(`${path}|${field}`),
          items: replace(change(object, steps, wrong)),
        };
      }
    }
  }
}

describe("breaking or deleting a single field of the healthy example", () => {
  const healthy = findingsOf(objects);
  const all = [...mutations()];

  it("starts from an example without errors and warnings", () => {
    expect([...healthy].filter((finding) => !finding.includes(" info "))).toEqual([]);
    expect(all.length).toBeGreaterThan(300);
  });

  const silent = all.filter(({ items }) =>
    [...findingsOf(items)].every((finding) => healthy.has(finding)),
  );

  it("is found, or stands in the list of harmless changes with the reason", () => {
    const unexplained = silent.filter(
      ({ what, path }) => !harmless.some((one) => one.covers(what, path)),
    );
    expect(unexplained.map(({ what, path }) => `${what} ${path}`)).toEqual([]);
  });

  it("needs every entry of that list", () => {
    const idle = harmless.filter((one) => !silent.some(({ what, path }) => one.covers(what, path)));
    expect(idle.map(({ path }) => path)).toEqual([]);
  });
});

import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { readJson } from "../../../src/load/json/read.ts";
import {
  decodeNestedByReference,
  readDocumentByReference,
} from "../../../src/load/yaml/read-by-reference.ts";
import { decodeNested, readDocument, type ReadResult } from "../../../src/load/yaml/read.ts";
import { canonical } from "../../../src/model/json.ts";
import type { Nested } from "../../../src/model/yaml-value.ts";
import { plain } from "./plain.ts";

/** What real sigs.k8s.io/yaml v1.6.0 says; sigs-yaml/regenerate.sh writes it. */
interface Row {
  readonly input: string;
  readonly json?: string;
  readonly error?: string;
  readonly strict?: string;
}

const rows: readonly Row[] = JSON.parse(
  readFileSync(new URL("sigs-yaml.json", import.meta.url), "utf8"),
);

/** Texts that go-yaml takes and we refuse, because neither library can be brought to read them so. */
const refusedHere: ReadonlySet<string> = new Set([
  // A question mark inside brackets begins a key even without a blank.
  "v: [?a]\n",
  // An alias ends at a colon.
  "a: &k x\n*k: 1\n",
  // A directive in the first column ends a document.
  "a: 1\n%YAML 1.1\n",
]);

/** One text for equal outcomes; the messages differ. */
function ofNested(result: Nested): string {
  return result.ok ? canonical(plain(result.value)) : "error";
}

function ofDocument(result: ReadResult): string {
  return result.ok ? canonical(result.value ?? null) : "error";
}

function expected({ input, json }: Row): string {
  return json === undefined || refusedHere.has(input) ? "error" : canonical(JSON.parse(json));
}

const named = rows.map((row): [string, Row] => [JSON.stringify(row.input).slice(0, 100), row]);

test("the table is large, and every exception is in it", () => {
  expect(rows.length).toBeGreaterThan(700);
  const taken = rows.filter(({ json }) => json !== undefined).map(({ input }) => input);
  expect(taken).toEqual(expect.arrayContaining([...refusedHere]));
});

describe("YAML in a string is read as sigs.k8s.io/yaml reads it", () => {
  test.each(named)("%s", (_name, row) => {
    expect(ofNested(decodeNested(row.input))).toBe(expected(row));
    expect(ofNested(decodeNestedByReference(row.input))).toBe(expected(row));
  });
});

describe("so are documents, save where kubectl prepares the text", () => {
  const asTheyAre = named.filter(([, { input }]) => input.endsWith("\n") && !readJson(input));
  test.each(asTheyAre)("%s", (_name, row) => {
    expect(ofDocument(readDocument(row.input))).toBe(expected(row));
    expect(ofDocument(readDocumentByReference(row.input))).toBe(expected(row));
  });
});

describe("a key written twice is found where strict decoding finds it", () => {
  const unmerged = named.filter(
    ([, { input, json }]) => json !== undefined && !refusedHere.has(input) && !input.includes("<<"),
  );
  test.each(unmerged)("%s", (_name, row) => {
    const read = decodeNested(row.input);
    const twice = row.strict?.includes("already set in map") ?? false;
    expect(read.ok && read.duplicates.length > 0).toBe(twice);
  });
});

import * as fc from "fast-check";
import { expect, test } from "vitest";
import { parseFast } from "../../../src/load/yaml/fast.ts";
import type { Node } from "../../../src/load/yaml/node.ts";
import { parseAsGo } from "../../../src/load/yaml/parse.ts";
import { readDocumentByReference } from "../../../src/load/yaml/read-by-reference.ts";
import { readDocument } from "../../../src/load/yaml/read.ts";
import { parseReference } from "../../../src/load/yaml/reference.ts";
import { manifests } from "./manifests.ts";
import { mutatedText } from "./mutations.ts";

/** Milliseconds within which a text of a few lines must be read. */
const patience = 1000;

test("both parsers take, refuse and read 10,000 broken manifests alike, and quickly", () => {
  const counts = { taken: 0, refused: 0 };
  fc.assert(
    fc.property(mutatedText, (text) => {
      const start = performance.now();
      const fast = readDocument(text);
      const reference = readDocumentByReference(text);
      expect(performance.now() - start).toBeLessThan(patience);
      counts[fast.ok ? "taken" : "refused"]++;
      if (fast.ok) expect(reference).toEqual(fast);
      else expect(reference.ok).toBe(false);
    }),
    { seed: 2026, numRuns: 10_000 },
  );
  expect(counts.taken).toBeGreaterThan(3000);
  expect(counts.refused).toBeGreaterThan(2000);
});

test("both find the same nodes at the same offsets", () => {
  fc.assert(
    fc.property(mutatedText, (text) => {
      fc.pre(readDocument(text).ok);
      expect(spans(text, parseReference)).toEqual(spans(text, parseFast));
    }),
    { seed: 3, numRuns: 2000, examples: manifests.map((text): [string] => [text]) },
  );
});

/** Kind, text and start of every node in a tree. */
function spans(text: string, parser: typeof parseFast): readonly unknown[] {
  const parsed = parseAsGo(text, parser, "yaml");
  if (!parsed.ok || !parsed.root) return [parsed.ok];
  const found: unknown[] = [];
  const visit = (node: Node) => {
    if (node.kind === "scalar") {
      found.push([node.style, node.text, node.start, node.tag, node.anchor]);
    } else if (node.kind === "alias") found.push([node.name, node.start, node.end]);
    else {
      found.push([node.kind, node.flow, node.start, node.anchor]);
      node.items.forEach(visit);
    }
  };
  visit(parsed.root);
  return found;
}

test("arbitrary characters never break a parser", () => {
  const characters = fc.string({ unit: "binary", maxLength: 60 });
  const yamlish = fc.string({
    unit: fc.constantFrom(..."-?:,[]{}#&*!|>'\"%@` \n\ta0~<".split("")),
    maxLength: 30,
  });
  fc.assert(
    fc.property(fc.oneof(characters, yamlish), (text) => {
      expect(readDocumentByReference(text).ok).toBe(readDocument(text).ok);
    }),
    { seed: 5, numRuns: 5000 },
  );
});

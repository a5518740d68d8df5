import * as fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { readFile, type ReadFile } from "../../src/load/file.ts";
import { readJson } from "../../src/load/json/read.ts";
import { inventoriesOf } from "../../src/load/world.ts";
import { splitDocuments } from "../../src/load/yaml/documents.ts";
import { parseFast } from "../../src/load/yaml/fast.ts";
import type { Parser } from "../../src/load/yaml/node.ts";
import { rangeIn, treeOf } from "../../src/load/yaml/range-in.ts";
import { withLastBreak } from "../../src/load/yaml/read.ts";
import { parseReference } from "../../src/load/yaml/reference.ts";
import { plainEnvironment } from "../../src/model/environment.ts";
import type { ReadingProblem } from "../../src/model/inventory.ts";
import type { KubeObject } from "../../src/model/object.ts";
import type { Place } from "../../src/model/place.ts";
import { analyzed } from "../support/analyze.ts";
import { slowReadFile } from "../support/slow-loader.ts";
import { corpus } from "./yaml/corpus.ts";
import { mutatedFrom } from "./yaml/mutations.ts";

const issuer = "apiVersion: cert-manager.io/v1\nkind: ClusterIssuer\nmetadata:\n  name: x\n";

/** What the paths did not agree about once. */
const formerly = [
  `---\n ---\n${issuer}`,
  `\n  !!str # c\n${issuer}`,
  `---\n |-# c\n${issuer}`,
  `${issuer}spec: |\n  a\n\u0085`,
];

/** Parsers say in their own words, and at their own spot, why a text is broken. */
function withoutWords({ objects, problems, ...rest }: ReadFile): ReadFile {
  return {
    ...rest,
    objects: objects.map(withPlainMaps).map(withoutFaults),
    problems: problems.map(withoutSpot),
  };
}

/** The slow path has modules of its own, and so another class behind these. */
function withPlainMaps(object: KubeObject): KubeObject {
  const { labels, annotations } = object;
  return { ...object, labels: new Map(labels), annotations: new Map(annotations) };
}

function withoutFaults(object: KubeObject): KubeObject {
  const broken = { ok: false, message: "broken", offset: 0 } as const;
  const nested = [...object.nested].map(([at, read]) => [at, read.ok ? read : broken] as const);
  return { ...object, nested: new Map(nested) };
}

function withoutSpot(problem: ReadingProblem): ReadingProblem {
  if (problem.type !== "broken" || problem.place.provenance.type !== "text") return problem;
  const provenance = { ...problem.place.provenance, offset: 0 };
  return { ...problem, message: "broken", place: { ...problem.place, provenance } };
}

function findingsIn(read: ReadFile) {
  const world = { name: "", complete: true, includes: () => true };
  const options = { environment: plainEnvironment, assumed: [] };
  const { findings, crashes } = analyzed(inventoriesOf([read], [], [world], options));
  expect(crashes).toEqual([]);
  return findings;
}

type Findings = ReturnType<typeof findingsIn>;

/** KC901 says nothing of what is wrong in a document that the sieve passes over. */
function aboutObjects(findings: Findings): Findings {
  return findings.filter(({ code }) => code !== "KC901");
}

function rangeWith(parser: Parser, text: string, place: Place) {
  if (place.provenance.type !== "file") return undefined;
  const document = splitDocuments(text)[place.provenance.document]?.text ?? "";
  const tree = treeOf(withLastBreak(document), readJson(document) ? "json" : "yaml", parser);
  return tree && rangeIn(tree, { ...place, pointer: place.provenance.base + place.pointer });
}

/** Where findings point by one parser, and that of the other. */
function rangesIn(findings: Findings, text: string, parser: Parser) {
  return findings
    .flatMap(({ place, related }) => [place, ...related.map((other) => other.place)])
    .map((place) => place && rangeWith(parser, text, place));
}

describe("the fast path and yaml on everything give the same objects, findings and ranges", () => {
  let readSlowly: typeof readFile;
  beforeAll(async () => {
    readSlowly = await slowReadFile();
  });

  function bothPaths(text: string) {
    const input = { path: "file.yaml", text };
    const sieved = withoutWords(readFile({ ...input, named: false }));
    const fast = withoutWords(readFile({ ...input, named: true }));
    const slow = withoutWords(readSlowly({ ...input, named: true }));
    const findings = findingsIn(fast);
    const expected = findingsIn(slow);
    return {
      fast: {
        objects: sieved.objects,
        read: fast,
        findings,
        aboutObjects: aboutObjects(findingsIn(sieved)),
        ranges: rangesIn(findings, text, parseFast),
      },
      slow: {
        objects: slow.objects,
        read: slow,
        findings: expected,
        aboutObjects: aboutObjects(expected),
        ranges: rangesIn(expected, text, parseReference),
      },
      passedOver: fast.seen - sieved.seen,
    };
  }

  test.each(corpus.map((text, index) => [index, text.split("\n").slice(0, 2).join(" "), text]))(
    "manifest %i: %s",
    (_index, _name, text) => {
      const { fast, slow } = bothPaths(text);
      expect(fast).toEqual(slow);
    },
  );

  test("manifests with changes, alone and one behind the other", () => {
    const seen = { passedOver: 0, objects: 0, findings: 0, ranges: 0 };
    const changed = mutatedFrom(corpus);
    const several = fc
      .array(fc.oneof(changed, fc.constantFrom(...corpus)), { minLength: 2, maxLength: 4 })
      .map((texts) => texts.join("---\n"));
    const texts = fc.oneof({ arbitrary: changed, weight: 3 }, several);
    const compare = (text: string) => {
      const { fast, slow, passedOver } = bothPaths(text);
      expect(fast).toEqual(slow);
      seen.passedOver += passedOver;
      seen.objects += fast.objects.length;
      seen.findings += fast.findings.length;
      seen.ranges += fast.ranges.filter(Boolean).length;
    };
    const examples = formerly.map((text): [string] => [text]);
    fc.assert(fc.property(texts, compare), { seed: 7, numRuns: 3000, examples });
    expect(seen.passedOver).toBeGreaterThan(50);
    expect(seen.objects).toBeGreaterThan(2000);
    expect(seen.findings).toBeGreaterThan(5000);
    expect(seen.ranges).toBeGreaterThan(5000);
  });
});

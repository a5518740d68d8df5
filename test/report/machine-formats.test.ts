import { readFileSync } from "node:fs";
import Ajv04 from "ajv-draft-04";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import * as fc from "fast-check";
import type { Log } from "sarif";
import { describe, expect, it } from "vitest";
import { formats } from "../../src/report/formats.ts";
import type { LocatedReport } from "../../src/rule/report.ts";
import { foundOf, plainOptions, reportOf } from "../support/reports.ts";

const gap = { code: "KC202", subject: undefined, why: "it is not known" };
const full = reportOf({
  worlds: [{ name: "prod", objects: 3, coverage: { evaluated: 3, notEvaluated: [gap] } }],
  findings: [
    foundOf({
      relatedLocations: [{ location: foundOf().location, object: null, note: "the issuer" }],
    }),
    foundOf({
      severity: "warning",
      location: null,
      excerpt: undefined,
      fingerprint: "b".repeat(32),
    }),
    foundOf({ severity: "info", fingerprint: "c".repeat(32), from: "2026-12-01T00:00:00Z" }),
    foundOf({ causes: ["a".repeat(32)], fingerprint: "d".repeat(32) }),
    foundOf({ accepted: "suppressed", fingerprint: "e".repeat(32) }),
    foundOf({ accepted: "baseline", fingerprint: "f".repeat(32) }),
  ],
  crashes: [{ code: "KC203", world: "prod", subject: undefined, message: "boom", stack: "at x" }],
});

async function rendered(name: keyof typeof formats, report: LocatedReport): Promise<string> {
  return (await formats[name]()).render(report, plainOptions);
}

function schemaOf(path: string): object {
  return JSON.parse(readFileSync(path, "utf8")) as object;
}

const hostile = fc.string({ unit: "binary", maxLength: 40 });
const hostileReport = fc.tuple(hostile, hostile).map(([text, name]) =>
  reportOf({
    findings: [
      foundOf({
        message: text,
        remedy: name,
        subject: { kind: "Secret", namespace: "shop", name },
        location: { file: `a/${name}`, line: 1, column: 1, endLine: 1, endColumn: 2, pointer: "" },
      }),
    ],
  }),
);

describe("json", () => {
  const ajv = new Ajv2020({ strict: true, allErrors: true });
  addFormats.default(ajv);
  const validate = ajv.compile(schemaOf("docs/schema/report.v1.schema.json"));

  it("is what its schema says, with every kind of finding", async () => {
    const document: unknown = JSON.parse(await rendered("json", full));
    expect(validate(document), JSON.stringify(validate.errors)).toBe(true);
    expect(document).toMatchObject({
      version: 1,
      kind: "report",
      coverage: { evaluated: 3, ratio: 0.75 },
      summary: {
        errors: 1,
        warnings: 1,
        infos: 1,
        consequences: 1,
        suppressed: 1,
        baseline: 1,
        crashes: 1,
      },
    });
  });

  it("is so whatever the input holds", async () => {
    await fc.assert(
      fc.asyncProperty(hostileReport, async (report) => {
        expect(validate(JSON.parse(await rendered("json", report)))).toBe(true);
      }),
    );
  });
});

describe("sarif", () => {
  const ajv = new Ajv04.default({ strict: false, allErrors: true });
  addFormats.default(ajv);
  const validate = ajv.compile(schemaOf("test/report/fixtures/sarif-schema-2.1.0.json"));

  it("is valid against the official schema, also with hostile input", async () => {
    expect(
      validate(JSON.parse(await rendered("sarif", full))),
      JSON.stringify(validate.errors),
    ).toBe(true);
    await fc.assert(
      fc.asyncProperty(hostileReport, async (report) => {
        const log: unknown = JSON.parse(await rendered("sarif", report));
        expect(validate(log), JSON.stringify(validate.errors)).toBe(true);
      }),
    );
  });

  it("carries ranges, related places, fingerprints, gaps and crashes", async () => {
    const log = JSON.parse(await rendered("sarif", full)) as Log;
    const [run] = log.runs;
    const [first, second] = run?.results ?? [];
    expect(first?.locations?.[0]?.physicalLocation).toEqual({
      artifactLocation: { uri: "config.yaml", uriBaseId: "%SRCROOT%" },
      region: { startLine: 3, startColumn: 9, endLine: 3, endColumn: 19 },
    });
    expect(first?.relatedLocations?.[0]?.message?.text).toBe("the issuer");
    expect(first?.partialFingerprints?.["primaryLocationLineHash"]).toBe(`${"a".repeat(32)}:1`);
    expect(second?.locations?.[0]?.physicalLocation?.artifactLocation?.uri).toBe(
      "cluster/ClusterIssuer/knative-ca",
    );
    expect(run?.results?.map(({ level }) => level)).toEqual([
      "error",
      "warning",
      "note",
      "error",
      "error",
      "error",
    ]);
    expect(run?.invocations?.[0]).toMatchObject({ executionSuccessful: false });
    expect(run?.invocations?.[0]?.toolExecutionNotifications).toHaveLength(2);
  });
});

describe("github", () => {
  it("annotates roots only, with what breaks and what mends", async () => {
    expect((await rendered("github", full)).split("\n")).toEqual([
      "::error file=config.yaml,line=3,endLine=3,col=9,endColumn=18,title=KC201 issuer-missing::ClusterIssuer knative-ca does not exist%0Abreaks: nothing is issued%0Afix: create it%0A1 more follow from it",
      "::warning title=KC201 issuer-missing::ClusterIssuer knative-ca does not exist%0Abreaks: nothing is issued%0Afix: create it",
      "::notice file=config.yaml,line=3,endLine=3,col=9,endColumn=18,title=KC201 issuer-missing::ClusterIssuer knative-ca does not exist%0Abreaks: nothing is issued%0Afix: create it",
      "::error title=KC203 crashed::boom",
      "",
    ]);
  });

  it("lets no input begin a command of its own", async () => {
    const report = reportOf({
      findings: [foundOf({ message: "a\n::error::b", remedy: "50%0A::stop" })],
    });
    expect((await rendered("github", report)).match(/^::/gm)).toHaveLength(1);
  });
});

describe("junit", () => {
  it("fails for errors and warnings, skips what was not evaluated", async () => {
    const xml = await rendered("junit", full);
    expect(xml).toContain('tests="5" failures="2" errors="1" skipped="1"');
    expect(xml.match(/<failure /g)).toHaveLength(2);
    expect(xml).toContain('<skipped message="not evaluated: it is not known"');
    expect(xml).toContain('<error message="boom"');
  });

  it("has a test that passed for every rule without a finding", async () => {
    expect(await rendered("junit", reportOf())).toContain(
      '<testcase name="KC201 issuer-missing" classname="KC201"',
    );
  });

  it("holds only characters of XML, and every bracket of the input is escaped", async () => {
    await fc.assert(
      fc.asyncProperty(hostileReport, async (report) => {
        const xml = await rendered("junit", report);
        expect(xml.replaceAll(/[\n\t]/g, "")).not.toMatch(/[\p{Cc}\p{Cs}\ufffe\uffff]/u);
        expect(xml.replaceAll(/&(?:amp|lt|gt|quot|apos);/g, "")).not.toContain("&");
        expect(xml.match(/<[/?a-z]/g)?.length).toBe(xml.match(/</g)?.length);
      }),
    );
  });
});

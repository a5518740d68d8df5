import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { render } from "../../src/report/text.ts";
import { foundOf, plainOptions, reportOf } from "../support/reports.ts";

const linesOf = (...args: Parameters<typeof foundOf>) =>
  render(reportOf({ findings: [foundOf(...args)] }), plainOptions).split("\n");

/** The line of carets and the line above it. */
function caretsOf(lines: readonly string[]): readonly [string, string] {
  const at = lines.findIndex((line) => /\| *\^/.test(line));
  return [lines[at - 1] ?? "", lines[at] ?? ""];
}

function frameOf(line: string, column: number, endColumn: number, width = 80) {
  const finding = foundOf({
    location: { file: "a.yaml", line: 7, column, endLine: 7, endColumn, pointer: "" },
    excerpt: { firstLine: 7, lines: [line] },
  });
  return caretsOf(
    render(reportOf({ findings: [finding] }), { ...plainOptions, width }).split("\n"),
  );
}

describe("the code frame", () => {
  it("puts carets exactly under the range", () => {
    expect(frameOf("  name: knative-ca", 9, 19)).toEqual([
      "  7 |   name: knative-ca",
      "    |         ^^^^^^^^^^",
    ]);
  });

  it("counts what a tab and a wide character take on the screen", () => {
    expect(frameOf("\tname: 証明書 x", 11, 12)).toEqual([
      "  7 |     name: 証明書 x",
      "    |                 ^",
    ]);
  });

  it("spells out what could steer a terminal", () => {
    expect(frameOf("a\u001b[2Jb", 6, 7)).toEqual([
      String.raw`  7 | a\u{1b}[2Jb`,
      `    |${" ".repeat(11)}^`,
    ]);
  });

  it("shows a window of a long line, with the range in it", () => {
    const [line, carets] = frameOf(`${"x".repeat(500)}HERE${"y".repeat(500)}`, 501, 505, 60);
    expect(line.length).toBeLessThanOrEqual(60);
    expect(line.slice(carets.indexOf("^"), carets.lastIndexOf("^") + 1)).toBe("HERE");
  });

  it("points behind the end of a line when the range is empty there", () => {
    expect(frameOf("data:", 6, 6)).toEqual(["  7 | data:", "    |      ^"]);
  });

  it("marks each line of a range, and that there are more", () => {
    const lines = linesOf({
      location: { file: "a.yaml", line: 9, column: 3, endLine: 12, endColumn: 4, pointer: "" },
      excerpt: { firstLine: 9, lines: ["a b", "  cd", "  e"] },
    });
    expect(lines.filter((line) => line.includes("|") || line.includes("⋮"))).toEqual([
      "     |",
      "   9 | a b",
      "     |   ^",
      "  10 |   cd",
      "     |   ^^",
      "  11 |   e",
      "     |   ^",
      "     ⋮",
    ]);
  });
});

const secret = { kind: "Secret", namespace: "shop", name: "serving-certs" };

describe("the text report", () => {
  it("says what breaks, when, why and what mends it", () => {
    const lines = linesOf({
      from: "2026-12-06T12:00:00Z",
      evidence: ["the only anchor has another key"],
      handshakes: ["activator -> queue-proxy in namespace shop"],
      relatedLocations: [
        { location: null, object: null, note: "the issuer" },
        { location: null, object: secret, note: "the certificate" },
        { location: null, object: secret, note: "Secret/shop/serving-certs is not read either" },
      ],
    });
    expect(lines).toEqual(
      expect.arrayContaining([
        "error KC201 issuer-missing: ClusterIssuer knative-ca does not exist",
        "  --> config.yaml:3:9 (ClusterIssuer/knative-ca)",
        "  note: the issuer",
        "  note: the certificate (Secret/shop/serving-certs)",
        "  note: Secret/shop/serving-certs is not read either",
        "  because: the only anchor has another key",
        "  breaks: nothing is issued",
        "  breaks: activator -> queue-proxy in namespace shop",
        "  from: 2026-12-06T12:00:00Z, in 12 days",
        "  fix: create it",
        "  see: https://example.com/KC201",
        "1 error, 0 warnings, 0 infos",
      ]),
    );
  });

  const root = foundOf();
  const following = Array.from({ length: 5 }, (_, i) =>
    foundOf({
      code: "KC202",
      message: `follows ${String(i)}`,
      causes: [i === 4 ? String(3).repeat(32) : root.fingerprint],
      fingerprint: String(i).repeat(32),
    }),
  );

  it("folds what follows from a root, also from afar, and lists it on request", () => {
    const report = reportOf({ findings: [root, ...following] });
    const folded = render(report, plainOptions);
    expect(folded).toContain("follows: 5 more findings");
    expect(folded).toContain("and 2 more; --all lists them");
    expect(folded).not.toContain("follows 3");
    expect(render(report, { ...plainOptions, all: true })).toContain("KC202 follows 4");
    expect(folded).toContain("1 error, 0 warnings, 0 infos, 5 findings that follow from them");
  });

  it("only counts what is accepted", () => {
    const text = render(
      reportOf({
        findings: [foundOf({ accepted: "suppressed" }), foundOf({ accepted: "baseline" })],
      }),
      plainOptions,
    );
    expect(text).toBe(
      "0 errors, 0 warnings, 0 infos, 1 suppressed, 1 in the baseline\nThe only check that applies was made.\n",
    );
  });

  it("never says that nothing is wrong where nothing was looked at", () => {
    const worlds = [{ name: "", objects: 0, coverage: { evaluated: 0, notEvaluated: [] } }];
    expect(render(reportOf({ worlds }), plainOptions)).toContain("Nothing to check");
  });

  it("names what was not evaluated by reason, with a few subjects", () => {
    const notEvaluated = ["a", "b", "c", "d"].map((name) => ({
      code: "KC207",
      subject: { kind: "Secret", namespace: "shop", name },
      why: "secrets are forbidden",
      rbac: "get secrets",
    }));
    const worlds = [{ name: "", objects: 1, coverage: { evaluated: 4, notEvaluated } }];
    const text = render(reportOf({ worlds }), { ...plainOptions, width: 200 });
    expect(text).toContain("4 of 8 checks made (50 %). Not evaluated:");
    expect(text).toContain(
      "  KC207 at Secret/shop/a, Secret/shop/b, Secret/shop/c and 1 more: secrets are forbidden; needs get secrets",
    );
    expect(render(reportOf({ worlds }), { ...plainOptions, all: true })).toContain("Secret/shop/d");
  });

  it("shows a crash, and its stack only to who asks", () => {
    const crashes = [
      { code: "KC201", world: "", subject: undefined, message: "boom", stack: "at x" },
    ];
    expect(render(reportOf({ crashes }), plainOptions)).toContain("crashed KC201: boom\n");
    expect(render(reportOf({ crashes }), plainOptions)).not.toContain("at x");
    expect(render(reportOf({ crashes }), { ...plainOptions, debug: true })).toContain("at x");
  });

  it("names the cluster where there are several", () => {
    const worlds = ["dev", "prod"].map((name) => ({
      name,
      objects: 1,
      coverage: { evaluated: 1, notEvaluated: [] },
    }));
    const text = render(reportOf({ worlds, findings: [foundOf({ world: "prod" })] }), plainOptions);
    expect(text).toContain("prod: config.yaml (1 error)");
  });

  it("colours only when it may", () => {
    const report = reportOf({ findings: [root] });
    expect(render(report, plainOptions)).not.toContain("\u001b");
    expect(render(report, { ...plainOptions, color: true })).toContain("\u001b[31m");
  });

  it("lets no character through that could steer a terminal, whatever it is given", () => {
    const hostile = fc.string({ unit: "binary", maxLength: 60 });
    fc.assert(
      fc.property(hostile, hostile, hostile, (message, name, line) => {
        const finding = foundOf({
          message,
          subject: { kind: name, namespace: line, name },
          evidence: [line],
          excerpt: { firstLine: 3, lines: [line] },
          relatedLocations: [
            { location: null, object: { kind: line, namespace: name, name: line }, note: name },
          ],
        });
        const text = render(reportOf({ findings: [finding] }), plainOptions);
        expect(text.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
      }),
      { numRuns: 500 },
    );
  });

  it("cuts what is huge", () => {
    const text = render(
      reportOf({ findings: [foundOf({ message: "x".repeat(5_000_000) })] }),
      plainOptions,
    );
    expect(text.length).toBeLessThan(5000);
    expect(text).toContain("(5,000,000 characters)");
  });
});

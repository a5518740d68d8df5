import type { LocatedFinding, LocatedReport } from "../../src/rule/report.ts";
import type { ReportOptions } from "../../src/report/options.ts";

/** A located finding with every field filled, for tests of the formats. */
export function foundOf(fields: Partial<LocatedFinding> = {}): LocatedFinding {
  return {
    code: "KC201",
    id: "issuer-missing",
    severity: "error",
    world: "",
    subject: { kind: "ClusterIssuer", namespace: "", name: "knative-ca" },
    messageId: "missing",
    message: "ClusterIssuer knative-ca does not exist",
    consequence: "nothing is issued",
    remedy: "create it",
    place: undefined,
    related: [],
    evidence: [],
    handshakes: [],
    from: undefined,
    causes: [],
    fingerprint: "a".repeat(32),
    accepted: undefined,
    location: {
      file: "config.yaml",
      line: 3,
      column: 9,
      endLine: 3,
      endColumn: 19,
      pointer: "/data/issuerRef",
    },
    excerpt: { firstLine: 3, lines: ["  name: knative-ca"] },
    relatedLocations: [],
    ...fields,
  };
}

export function reportOf(fields: Partial<LocatedReport> = {}): LocatedReport {
  return {
    now: "2026-11-24T12:00:00.000Z",
    worlds: [{ name: "", objects: 1, coverage: { evaluated: 1, notEvaluated: [] } }],
    findings: [],
    crashes: [],
    rules: [
      {
        code: "KC201",
        id: "issuer-missing",
        summary: "an issuer does not exist",
        severity: "error",
        since: "0.1.0",
        citation: "test",
      },
    ],
    ...fields,
  };
}

export const plainOptions: ReportOptions = {
  width: 80,
  color: false,
  all: false,
  debug: false,
  toolVersion: "0.0.0",
  helpUrl: (code) => `https://example.com/${code}`,
  ruleHelp: () => "",
};

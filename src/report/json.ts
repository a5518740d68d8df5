import { ratioOf, type Coverage, type LocatedFinding, type LocatedReport } from "../rule/report.ts";
import { inertJson } from "../show/inert-json.ts";
import { coverageOf, summaryOf } from "../show/summary.ts";

/** The document of docs/schema/report.v1.schema.json: everything the report holds, for programs. */
export function render(report: LocatedReport): string {
  const document = {
    version: 1,
    kind: "report",
    now: report.now,
    clusters: report.worlds.map(({ name, coverage }) => ({
      name,
      coverage: coverageJson(coverage),
    })),
    findings: report.findings.map(findingJson),
    crashes: report.crashes.map(({ code, world, subject, message }) => ({
      code,
      cluster: world,
      subject: subject ?? null,
      message,
    })),
    coverage: coverageJson(coverageOf(report)),
    summary: summaryOf(report),
  };
  return `${inertJson(document)}\n`;
}

export function coverageJson(coverage: Coverage) {
  return {
    evaluated: coverage.evaluated,
    notEvaluated: coverage.notEvaluated.map(({ code, subject, why, rbac }) => ({
      code,
      subject: subject ?? null,
      why,
      ...(rbac !== undefined && { rbac }),
    })),
    ratio: ratioOf(coverage),
  };
}

export function findingJson(finding: LocatedFinding) {
  const { code, id, severity, subject, message, consequence, remedy, location } = finding;
  return {
    code,
    id,
    severity,
    cluster: finding.world,
    subject,
    message,
    consequence,
    remedy,
    location,
    related: finding.relatedLocations,
    handshakes: finding.handshakes,
    from: finding.from ?? null,
    causes: finding.causes,
    evidence: finding.evidence,
    fingerprint: finding.fingerprint,
    accepted: finding.accepted ?? null,
  };
}

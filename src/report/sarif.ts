import type { Log, Notification, ReportingDescriptor, Result } from "sarif";
import { nameOf } from "../model/object.ts";
import type { About } from "../rule/rule.ts";
import type { LocatedFinding, LocatedReport } from "../rule/report.ts";
import type { ReportOptions } from "./options.ts";
import { inert } from "../show/inert.ts";
import { inertJson } from "../show/inert-json.ts";
import { relatedLocation, sarifLocation } from "./sarif-location.ts";
import { coverageOf } from "../show/summary.ts";

const levels = { error: "error", warning: "warning", info: "note" } as const;

/** SARIF 2.1.0 as GitHub code scanning reads it. Consequences stay, with their causes in `properties`. */
export function render(report: LocatedReport, options: ReportOptions): string {
  const index = new Map(report.rules.map(({ code }, i) => [code, i]));
  const log: Log = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "kubectl-knative-certs",
            version: options.toolVersion,
            semanticVersion: options.toolVersion,
            informationUri: "https://github.com/knative-certs/kubectl-knative-certs",
            rules: report.rules.map((rule) => descriptor(rule, options)),
          },
        },
        columnKind: "utf16CodeUnits",
        invocations: [
          {
            executionSuccessful: report.crashes.length === 0,
            endTimeUtc: report.now,
            toolExecutionNotifications: notifications(report, index),
          },
        ],
        results: report.findings.map((finding) => result(finding, index.get(finding.code))),
      },
    ],
  };
  return `${inertJson(log)}\n`;
}

function descriptor(rule: About, { helpUrl, ruleHelp }: ReportOptions): ReportingDescriptor {
  const { code, id, summary, severity, citation } = rule;
  const help = ruleHelp(code);
  return {
    id: code,
    name: id,
    shortDescription: { text: summary },
    fullDescription: { text: `${summary}. Source: ${citation}` },
    help: { text: `${summary}. ${helpUrl(code)}`, markdown: help === "" ? summary : help },
    helpUri: helpUrl(code),
    defaultConfiguration: { level: levels[severity] },
    properties: {
      tags: ["knative", "tls"],
      "problem.severity": severity === "info" ? "recommendation" : severity,
    },
  };
}

function result(finding: LocatedFinding, ruleIndex: number | undefined): Result {
  const { code, severity, message, consequence, remedy, accepted } = finding;
  const text = [message, consequence, remedy === "" ? "" : `Fix: ${remedy}`]
    .filter(Boolean)
    .map(inert)
    .join(". ");
  return {
    ruleId: code,
    ...(ruleIndex !== undefined && { ruleIndex }),
    level: levels[severity],
    message: { text },
    locations: [sarifLocation(finding)],
    relatedLocations: finding.relatedLocations.map(relatedLocation),
    partialFingerprints: {
      "knativeCerts/v1": finding.fingerprint,
      primaryLocationLineHash: `${finding.fingerprint}:1`,
    },
    ...(accepted === "suppressed" && { suppressions: [{ kind: "inSource" as const }] }),
    ...(accepted === "baseline" && { baselineState: "unchanged" as const }),
    properties: {
      id: finding.id,
      causes: finding.causes,
      handshakes: finding.handshakes,
      from: finding.from ?? null,
      ...(finding.world !== "" && { cluster: finding.world }),
    },
  };
}

function notifications(report: LocatedReport, index: ReadonlyMap<string, number>): Notification[] {
  const rule = (code: string) => {
    const at = index.get(code);
    return { associatedRule: { id: code, ...(at !== undefined && { index: at }) } };
  };
  return [
    ...report.crashes.map(({ code, message }) => ({
      level: "error" as const,
      message: { text: inert(`${code} crashed: ${message}`) },
      ...rule(code),
    })),
    ...coverageOf(report).notEvaluated.map(({ code, subject, why }) => ({
      level: "note" as const,
      message: { text: inert(`not evaluated${subject ? ` at ${nameOf(subject)}` : ""}: ${why}`) },
      ...rule(code),
    })),
  ];
}

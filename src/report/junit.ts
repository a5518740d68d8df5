import XMLBuilder from "fast-xml-builder";
import { nameOf } from "../model/object.ts";
import type { LocatedReport } from "../rule/report.ts";
import { inert } from "../show/inert.ts";
import { rootsOf, type Root } from "../show/roots.ts";
import { spot } from "../show/spot.ts";
import { coverageOf } from "../show/summary.ts";

interface Case {
  readonly "@name": string;
  readonly "@classname": string;
  readonly "@file"?: string;
  readonly "@line"?: string;
  readonly failure?: {
    readonly "@message": string;
    readonly "@type": string;
    readonly "#text": string;
  };
  readonly error?: { readonly "@message": string };
  readonly skipped?: { readonly "@message": string };
  readonly "system-out"?: string;
}

/** JUnit XML: a rule that found nothing is a test that passed, a root a failure, a gap a skipped test. */
export function render(report: LocatedReport): string {
  const roots = rootsOf(report);
  const said = new Set([
    ...roots.map(({ finding }) => finding.code),
    ...report.crashes.map(({ code }) => code),
    ...coverageOf(report).notEvaluated.map(({ code }) => code),
  ]);
  const cases: readonly Case[] = [
    ...roots.map(found),
    ...report.crashes.map(({ code, subject, message }) => ({
      "@name": `${code}${subject ? ` ${inert(nameOf(subject))}` : ""}`,
      "@classname": code,
      error: { "@message": inert(message) },
    })),
    ...coverageOf(report).notEvaluated.map(({ code, subject, why }) => ({
      "@name": `${code}${subject ? ` ${inert(nameOf(subject))}` : ""}`,
      "@classname": code,
      skipped: { "@message": inert(`not evaluated: ${why}`) },
    })),
    ...report.rules
      .filter(({ code }) => !said.has(code))
      .map(({ code, id }) => ({ "@name": `${code} ${id}`, "@classname": code })),
  ];
  const builder = new XMLBuilder({
    ignoreAttributes: false,
    attributeNamePrefix: "@",
    format: true,
    suppressEmptyNode: true,
    suppressBooleanAttributes: false,
  });
  const suite = {
    "@name": "knative-certs",
    "@tests": String(cases.length),
    "@failures": String(cases.filter(({ failure }) => failure).length),
    "@errors": String(report.crashes.length),
    "@skipped": String(cases.filter(({ skipped }) => skipped).length),
    "@timestamp": report.now.slice(0, 19),
    testcase: cases,
  };
  return `<?xml version="1.0" encoding="UTF-8"?>\n${builder.build({ testsuites: { testsuite: suite } })}`;
}

/** Errors and warnings fail; an info passes and says what it has to say. */
function found({ finding, consequences }: Root): Case {
  const { code, id, severity, subject, message, consequence, remedy, location } = finding;
  const text = [
    location ? spot(location) : nameOf(subject),
    message,
    consequence && `breaks: ${consequence}`,
    remedy && `fix: ${remedy}`,
    consequences.length > 0 && `${String(consequences.length)} more follow from it`,
  ]
    .filter((line) => typeof line === "string" && line !== "")
    .map((line) => inert(String(line)))
    .join("\n");
  const common = {
    "@name": `${code} ${id} ${inert(nameOf(subject))}`,
    "@classname": code,
    ...(location && { "@file": inert(location.file), "@line": String(location.line) }),
  };
  if (severity === "info") return { ...common, "system-out": text };
  return { ...common, failure: { "@message": inert(message), "@type": severity, "#text": text } };
}

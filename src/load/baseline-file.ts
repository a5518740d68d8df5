import { writeFileSync } from "node:fs";
import { isObject, list, text } from "../model/json.ts";
import { compare } from "../model/inventory.ts";
import { nameOf } from "../model/object.ts";
import { isSeverity, type Finding, type KnownFindings, type Severity } from "../rule/finding.ts";
import { readText } from "./text.ts";
import { readDocument } from "./yaml/read.ts";

/** The findings in a baseline file, or why it cannot be used. */
export function readBaseline(
  path: string,
): { readonly known: KnownFindings } | { readonly fault: string } {
  const read = readText(path);
  if ("problem" in read) return { fault: `${path}: ${read.problem}` };
  const parsed = readDocument(read.text);
  const value = parsed.ok ? parsed.value : undefined;
  if (!isObject(value) || value["kind"] !== "baseline")
    return { fault: `${path}: is no baseline of knative-certs` };
  if (value["version"] !== 1) return { fault: `${path}: its version is not 1` };
  const known = new Map<string, Severity | undefined>();
  for (const entry of list(value, "findings")) {
    const fingerprint = text(entry, "fingerprint");
    const severity = text(entry, "severity") ?? "";
    if (fingerprint !== undefined)
      known.set(fingerprint, isSeverity(severity) ? severity : undefined);
  }
  return { known };
}

/** Writes findings as a baseline: sorted, without lines, so that it changes only when findings do. */
export function writeBaseline(path: string, findings: readonly Finding[]): void {
  const entries = findings
    .map(({ fingerprint, code, id, severity, subject, message }) => ({
      fingerprint,
      code,
      id,
      severity,
      subject: nameOf(subject),
      message,
    }))
    .toSorted((a, b) => compare(a.code, b.code) || compare(a.fingerprint, b.fingerprint));
  writeFileSync(
    path,
    `${JSON.stringify({ version: 1, kind: "baseline", findings: entries }, null, 2)}\n`,
  );
}

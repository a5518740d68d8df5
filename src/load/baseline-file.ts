import { writeFileSync } from "node:fs";
import { isObject, list, text } from "../model/json.ts";
import { compare } from "../model/inventory.ts";
import { nameOf } from "../model/object.ts";
import type { Finding } from "../rule/finding.ts";
import { readText } from "./text.ts";
import { readDocument } from "./yaml/read.ts";

/** The fingerprints in a baseline file, or why it cannot be used. */
export function readBaseline(
  path: string,
): { readonly fingerprints: ReadonlySet<string> } | { readonly fault: string } {
  const read = readText(path);
  if ("problem" in read) return { fault: `${path}: ${read.problem}` };
  const parsed = readDocument(read.text);
  const value = parsed.ok ? parsed.value : undefined;
  if (!isObject(value) || value["kind"] !== "baseline")
    return { fault: `${path}: is no baseline of knative-certs` };
  if (value["version"] !== 1) return { fault: `${path}: its version is not 1` };
  const fingerprints = list(value, "findings").map((entry) => text(entry, "fingerprint"));
  return { fingerprints: new Set(fingerprints.filter((one) => one !== undefined)) };
}

/** Writes findings as a baseline: sorted, without lines, so that it changes only when findings do. */
export function writeBaseline(path: string, findings: readonly Finding[]): void {
  const entries = findings
    .map(({ fingerprint, code, id, subject, message }) => ({
      fingerprint,
      code,
      id,
      subject: nameOf(subject),
      message,
    }))
    .toSorted((a, b) => compare(a.code, b.code) || compare(a.fingerprint, b.fingerprint));
  writeFileSync(
    path,
    `${JSON.stringify({ version: 1, kind: "baseline", findings: entries }, null, 2)}\n`,
  );
}

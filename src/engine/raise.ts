import { atLeastAsBad, type Finding, type Severity } from "../rule/finding.ts";

/**
 * What others follow from is as bad as the worst of them: only roots count for the exit code, and a mild root must not
 * hide what it breaks. What is accepted raises nothing; rules whose severity the user has set stay as they are.
 */
export function raised(
  findings: readonly Finding[],
  codesWithSeverity: ReadonlySet<string>,
): readonly Finding[] {
  const byFingerprint = new Map(findings.map((finding) => [finding.fingerprint, finding]));
  const worst = new Map<string, Severity>();
  for (const { causes, severity, accepted } of findings) {
    if (accepted) continue;
    const ancestors = new Set(causes);
    for (const fingerprint of ancestors) {
      const known = worst.get(fingerprint) ?? severity;
      worst.set(fingerprint, atLeastAsBad(known, severity) ? known : severity);
      for (const next of byFingerprint.get(fingerprint)?.causes ?? []) ancestors.add(next);
    }
  }
  return findings.map((finding) => {
    const followed = worst.get(finding.fingerprint) ?? finding.severity;
    const stays = codesWithSeverity.has(finding.code) || atLeastAsBad(finding.severity, followed);
    return stays ? finding : { ...finding, severity: followed };
  });
}

import type { LocatedFinding, LocatedReport } from "../rule/report.ts";

/** A fault that counts, with what follows from it. */
export interface Root {
  readonly finding: LocatedFinding;
  readonly consequences: readonly LocatedFinding[];
}

/** Findings by their fingerprints; a loop, as there can be 100,000 and a pair for each is no small thing. */
export function findingsByFingerprint(report: LocatedReport): ReadonlyMap<string, LocatedFinding> {
  const found = new Map<string, LocatedFinding>();
  for (const finding of report.findings) found.set(finding.fingerprint, finding);
  return found;
}

/** The findings that count and have no cause among the others, each with its consequences, however far away. */
export function rootsOf(
  report: LocatedReport,
  byFingerprint = findingsByFingerprint(report),
): readonly Root[] {
  const following = new Map<string, LocatedFinding[]>();
  for (const finding of report.findings) {
    if (finding.causes.length === 0) continue;
    for (const root of originsOf(finding, byFingerprint)) {
      const list = following.get(root);
      if (list) list.push(finding);
      else following.set(root, [finding]);
    }
  }
  return countedOf(report).map((finding) => ({
    finding,
    consequences: following.get(finding.fingerprint) ?? none,
  }));
}

/** The findings of these roots alone. */
export function countedOf({ findings }: LocatedReport): readonly LocatedFinding[] {
  return findings.filter(({ causes, accepted }) => causes.length === 0 && accepted === undefined);
}

const none: readonly LocatedFinding[] = [];

/** The fingerprints of the roots that a finding follows from. */
function originsOf(
  finding: LocatedFinding,
  byFingerprint: ReadonlyMap<string, LocatedFinding>,
): ReadonlySet<string> {
  const origins = new Set<string>();
  const seen = new Set<string>();
  const open = [...finding.causes];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (seen.has(next)) continue;
    seen.add(next);
    const causes = byFingerprint.get(next)?.causes ?? [];
    if (causes.length === 0) origins.add(next);
    else open.push(...causes);
  }
  return origins;
}

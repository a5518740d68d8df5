import { atLeastAsBad, isRoot, type Severity } from "../src/rule/finding.ts";
import { ratioOf, type Report } from "../src/rule/report.ts";

export const exitCodes = { clean: 0, findings: 1, usage: 2, notAnalyzed: 3 } as const;

export interface Outcome {
  readonly report: Report;
  readonly failOn: Severity | "never";
  /** From 0 to 1. */
  readonly minCoverage: number;
  /** Documents with content that were read. */
  readonly documents: number;
  readonly allowEmpty: boolean;
  /** An input that the user named could not be read. */
  readonly unreadInput: boolean;
}

/** 3 (could not analyze) before 1 (findings) before 0; 2 (usage) never gets here. */
export function exitCode({
  report,
  failOn,
  minCoverage,
  documents,
  allowEmpty,
  unreadInput,
}: Outcome): number {
  const coverage = report.worlds.map((world) => world.coverage);
  const total = {
    evaluated: coverage.reduce((sum, { evaluated }) => sum + evaluated, 0),
    notEvaluated: coverage.flatMap(({ notEvaluated }) => notEvaluated),
  };
  const notAnalyzed =
    unreadInput ||
    (documents === 0 && !allowEmpty) ||
    report.crashes.length > 0 ||
    ratioOf(total) < minCoverage;
  if (notAnalyzed) return exitCodes.notAnalyzed;
  if (failOn === "never") return exitCodes.clean;
  const counts = report.findings.some(
    (finding) => isRoot(finding) && !finding.accepted && atLeastAsBad(finding.severity, failOn),
  );
  return counts ? exitCodes.findings : exitCodes.clean;
}

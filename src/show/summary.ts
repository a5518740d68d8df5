import { thousands } from "../model/thousands.ts";
import type { Coverage, LocatedReport } from "../rule/report.ts";

/** How many findings of each sort there are. Only roots that nobody accepted count as errors, warnings and infos. */
export interface Summary {
  readonly errors: number;
  readonly warnings: number;
  readonly infos: number;
  readonly consequences: number;
  readonly suppressed: number;
  readonly baseline: number;
  readonly crashes: number;
}

export function summaryOf({ findings, crashes }: LocatedReport): Summary {
  const roots = findings.filter(({ causes }) => causes.length === 0);
  const counted = roots.filter(({ accepted }) => accepted === undefined);
  const of = (severity: string) => counted.filter((one) => one.severity === severity).length;
  return {
    errors: of("error"),
    warnings: of("warning"),
    infos: of("info"),
    consequences: findings.length - roots.length,
    suppressed: roots.filter(({ accepted }) => accepted === "suppressed").length,
    baseline: roots.filter(({ accepted }) => accepted === "baseline").length,
    crashes: crashes.length,
  };
}

/** The coverage of all worlds together. */
export function coverageOf({ worlds }: Pick<LocatedReport, "worlds">): Coverage {
  return {
    evaluated: worlds.reduce((sum, { coverage }) => sum + coverage.evaluated, 0),
    notEvaluated: worlds.flatMap(({ coverage }) => coverage.notEvaluated),
  };
}

export function plural(count: number, word: string): string {
  return `${thousands(count)} ${word}${count === 1 ? "" : "s"}`;
}

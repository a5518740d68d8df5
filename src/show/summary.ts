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
  const counts = { error: 0, warning: 0, info: 0, follows: 0, suppressed: 0, baseline: 0 };
  for (const { causes, accepted, severity } of findings)
    counts[causes.length > 0 ? "follows" : (accepted ?? severity)] += 1;
  return {
    errors: counts.error,
    warnings: counts.warning,
    infos: counts.info,
    consequences: counts.follows,
    suppressed: counts.suppressed,
    baseline: counts.baseline,
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

import { thousands } from "../../model/thousands.ts";
import { nameOf } from "../../model/object.ts";
import { ratioOf, type Gap } from "../../rule/report.ts";
import { groupBy } from "../../show/group-by.ts";
import { plural } from "../../show/summary.ts";
import { column, line, span } from "../line.ts";
import { keptLast } from "../once.ts";
import { spokenLine, type List, type ListContext } from "./view.ts";

/** What was not looked at, by reason, with the permission that would mend it. */
export function coverageList({ contents, spot }: ListContext): List {
  const { coverage } = contents;
  const reasons = gapsByReason(coverage.notEvaluated, spot.filter);
  const all = coverage.evaluated + coverage.notEvaluated.length;
  const percent = Math.floor(ratioOf(coverage) * 100);
  const row = (index: number) => {
    const { why, count, rbac } = reasons[index] ?? { why: "", count: 0, rbac: "" };
    return line(
      "  ",
      column(thousands(count), 8),
      why,
      span(rbac === "" ? "" : `; needs ${rbac}`, "quiet"),
    );
  };
  return {
    count: reasons.length,
    about:
      all === 0
        ? "nothing to check: no rule applies to this input"
        : `${thousands(coverage.evaluated)} of ${plural(all, "check")} made (${String(percent)} %)`,
    empty: spot.filter === "" ? "Every check that applies was made." : "No reason fits the filter.",
    heading: [line(span("  checks  not evaluated, because", "quiet"))],
    row,
    pageAt: (index) => {
      const reason = reasons[index];
      return reason && { type: "gap", why: reason.why };
    },
    spoken: (index) => `Not evaluated: ${spokenLine(row(index))}`,
  };
}

interface Reason {
  readonly why: string;
  readonly count: number;
  readonly rbac: string;
}

const gapsByReason = keptLast((gaps: readonly Gap[], filter: string): readonly Reason[] => {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  const wanted = gaps.filter(({ code, subject, why, rbac }) => {
    if (words.length === 0) return true;
    const text = [code, subject ? nameOf(subject) : "", why, rbac ?? ""].join(" ").toLowerCase();
    return words.every((word) => text.includes(word));
  });
  return [...groupBy(wanted, ({ why }) => why)]
    .map(([why, mine]) => ({ why, count: mine.length, rbac: rbacOf(mine) }))
    .toSorted((a, b) => b.count - a.count);
});

export function rbacOf(gaps: readonly Gap[]): string {
  const needed = gaps.flatMap(({ rbac }) => (rbac === undefined ? [] : [rbac]));
  return [...new Set(needed)].join("; ");
}

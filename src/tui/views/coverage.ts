import { thousands } from "../../model/thousands.ts";
import { nameOf } from "../../model/object.ts";
import { ratioOf, type Gap } from "../../rule/report.ts";
import { groupBy } from "../../show/group-by.ts";
import { plural } from "../../show/summary.ts";
import { column, line, span } from "../line.ts";
import { spokenLine, type List, type ListContext } from "./view.ts";

/** What was not looked at, by reason, with the permission that would mend it. */
export function coverageList({ contents, spot }: ListContext): List {
  const { coverage } = contents;
  const reasons = gapsByReason(coverage.notEvaluated, spot.filter);
  const all = coverage.evaluated + coverage.notEvaluated.length;
  const percent = Math.floor(ratioOf(coverage) * 100);
  const row = (index: number) => {
    const [why, gaps] = reasons[index] ?? ["", []];
    const rbac = rbacOf(gaps);
    return line(
      "  ",
      column(thousands(gaps.length), 8),
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
      const [why] = reasons[index] ?? [];
      return why === undefined ? undefined : { type: "gap", why };
    },
    spoken: (index) => `Not evaluated: ${spokenLine(row(index))}`,
  };
}

function gapsByReason(gaps: readonly Gap[], filter: string): readonly (readonly [string, Gap[]])[] {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  const wanted = gaps.filter(({ code, subject, why, rbac }) => {
    const text = [code, subject ? nameOf(subject) : "", why, rbac ?? ""].join(" ").toLowerCase();
    return words.every((word) => text.includes(word));
  });
  return [...groupBy(wanted, ({ why }) => why)].toSorted(([, a], [, b]) => b.length - a.length);
}

export function rbacOf(gaps: readonly Gap[]): string {
  const needed = gaps.flatMap(({ rbac }) => (rbac === undefined ? [] : [rbac]));
  return [...new Set(needed)].join("; ");
}

import { thousands } from "../model/thousands.ts";
import { nameOf } from "../model/object.ts";
import { ratioOf, type Coverage, type Gap, type LocatedReport } from "../rule/report.ts";
import type { ReportOptions } from "./options.ts";
import { groupBy } from "../show/group-by.ts";
import { inert } from "../show/inert.ts";
import type { Paint } from "./paint.ts";
import { coverageOf, plural, summaryOf } from "../show/summary.ts";
import { wrap } from "../show/wrap.ts";

const shown = 3;

/** The last lines: how many findings there are, how much was looked at, and what could not be, with the reason. */
export function closing(report: LocatedReport, options: ReportOptions, paint: Paint): string[] {
  const coverage = coverageOf(report);
  return [
    ...wrap(countsOf(report), options.width, 2, 0).map(paint.title),
    checked(coverage),
    ...gaps(coverage.notEvaluated, options, paint),
  ];
}

function countsOf(report: LocatedReport): string {
  const { errors, warnings, infos, consequences, suppressed, baseline, crashes } =
    summaryOf(report);
  const found = [plural(errors, "error"), plural(warnings, "warning"), plural(infos, "info")];
  const also = [
    consequences > 0
      ? `${plural(consequences, "finding")} that ${consequences === 1 ? "follows" : "follow"} from them`
      : "",
    suppressed > 0 ? `${thousands(suppressed)} suppressed` : "",
    baseline > 0 ? `${thousands(baseline)} in the baseline` : "",
    crashes > 0 ? plural(crashes, "crashed check") : "",
  ].filter(Boolean);
  return [...found, ...also].join(", ");
}

function checked(coverage: Coverage): string {
  const { evaluated, notEvaluated } = coverage;
  const all = evaluated + notEvaluated.length;
  if (all === 0) return "Nothing to check: no rule applies to this input.";
  if (all === 1 && evaluated === 1) return "The only check that applies was made.";
  if (notEvaluated.length === 0) return `All ${plural(all, "check")} that apply were made.`;
  const percent = Math.floor(ratioOf(coverage) * 100);
  return `${thousands(evaluated)} of ${plural(all, "check")} made (${String(percent)} %). Not evaluated:`;
}

/** A line for each reason: the rules, how many subjects, a few of them. */
function gaps(notEvaluated: readonly Gap[], { all, width }: ReportOptions, paint: Paint): string[] {
  return [...groupBy(notEvaluated, ({ why }) => why)].flatMap(([why, same]) => {
    const codes = [...new Set(same.map(({ code }) => code))].toSorted((a, b) => (a < b ? -1 : 1));
    const subjects = [
      ...new Set(same.flatMap(({ subject }) => (subject ? [nameOf(subject)] : []))),
    ];
    const listed = all ? subjects : subjects.slice(0, shown);
    const more = subjects.length - listed.length;
    const rest = more > 0 ? ` and ${thousands(more)} more` : "";
    const about = subjects.length === 0 ? "" : ` at ${listed.join(", ")}${rest}`;
    const rbac = [...new Set(same.flatMap((gap) => (gap.rbac === undefined ? [] : [gap.rbac])))];
    const needs = rbac.length === 0 ? "" : `; needs ${rbac.join("; ")}`;
    const text = inert(`${codes.join(" ")}${about}: ${why}${needs}`);
    return wrap(text, width, 4, 2).map((line, i) =>
      i === 0 ? `  ${paint.quiet(line)}` : paint.quiet(line),
    );
  });
}

import { nameOf } from "../model/object.ts";
import type { LocatedFinding, LocatedReport } from "../rule/report.ts";
import { closing } from "./closing.ts";
import { findingLines } from "./finding-lines.ts";
import type { ReportOptions } from "./options.ts";
import { groupBy } from "../show/group-by.ts";
import { inert } from "../show/inert.ts";
import { paintOf, type Paint } from "./paint.ts";
import { rootsOf, type Root } from "../show/roots.ts";
import { plural } from "../show/summary.ts";

/** The report for people: every fault with its line, what it breaks and what mends it; then what was looked at. */
export function render(report: LocatedReport, options: ReportOptions): string {
  const paint = paintOf(options.color);
  const several = report.worlds.length > 1;
  const blocks = [...groups(rootsOf(report), several)].flatMap(([title, roots]) => [
    heading(title, roots, paint),
    ...roots.map((root) => findingLines(root, report.now, options, paint).join("\n")),
  ]);
  const crashes = report.crashes.map(({ code, subject, message, stack }) => {
    const about = subject ? ` at ${inert(nameOf(subject))}` : "";
    const trace = options.debug ? `\n${stack.split("\n").map(inert).join("\n")}` : "";
    return `${paint.severity.error("crashed")} ${code}${about}: ${inert(message)}${trace}`;
  });
  const parts = [...blocks, ...crashes, closing(report, options, paint).join("\n")];
  return `${parts.join("\n\n")}\n`;
}

function groups(roots: readonly Root[], several: boolean): ReadonlyMap<string, readonly Root[]> {
  return groupBy(roots, ({ finding }) => {
    const where = whereOf(finding);
    return several && finding.world !== "" ? `${inert(finding.world)}: ${where}` : where;
  });
}

function whereOf({ location, subject }: LocatedFinding): string {
  if (location) return inert(location.file);
  return subject.namespace === "" ? "cluster-wide" : `namespace ${inert(subject.namespace)}`;
}

function heading(title: string, roots: readonly Root[], paint: Paint): string {
  const of = (severity: string) =>
    roots.filter(({ finding }) => finding.severity === severity).length;
  const counts = (["error", "warning", "info"] as const)
    .filter((severity) => of(severity) > 0)
    .map((severity) => plural(of(severity), severity));
  return `${paint.title(title)} ${paint.quiet(`(${counts.join(", ")})`)}`;
}

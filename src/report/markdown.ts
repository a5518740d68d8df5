import { thousands } from "../model/thousands.ts";
import { nameOf } from "../model/object.ts";
import type { Gap, LocatedFinding, LocatedReport } from "../rule/report.ts";
import { ratioOf } from "../rule/report.ts";
import { distance } from "../show/distance.ts";
import { groupBy } from "../show/group-by.ts";
import { placeOf } from "../show/related.ts";
import { rootsOf, type Root } from "../show/roots.ts";
import { spot } from "../show/spot.ts";
import { coverageOf, plural, summaryOf } from "../show/summary.ts";
import type { ReportOptions } from "./options.ts";
import { code, prose } from "./markdown-text.ts";

/** GitHub takes comments of 65,536 characters; the rest is for what somebody writes around it. */
const longest = 60_000;
const shown = 3;
const signs = { error: "🔴 error", warning: "🟡 warning", info: "🔵 info" } as const;

/** A comment for a pull request: a table of the faults, the details folded below it. */
export function render(report: LocatedReport, options: ReportOptions): string {
  const roots = rootsOf(report);
  const head = [`### knative-certs: ${counts(report)}`, "", ...crashes(report)];
  const tail = coverage(report, options);
  const room = longest - lengthOf([...head, ...tail]);
  const table = upTo(roots, (root) => tableRow(root, options), room / 2);
  const details = upTo(
    roots.slice(0, table.count),
    (root) => detail(root, report.now, options),
    room - table.length,
  );
  return [
    ...head,
    ...(roots.length === 0
      ? ["Nothing to report.", ""]
      : ["| | rule | where | what |", "| --- | --- | --- | --- |", ...table.lines, ""]),
    ...left(roots.length - table.count, "more of them than fit here"),
    ...(details.count === 0 ? [] : ["<details><summary>Details</summary>", "", ...details.lines]),
    ...left(table.count - details.count, "more, whose details do not fit here"),
    ...(details.count === 0 ? [] : ["</details>", ""]),
    ...tail,
  ].join("\n");
}

function counts(report: LocatedReport): string {
  const { errors, warnings, infos, consequences, suppressed, baseline } = summaryOf(report);
  return [
    plural(errors, "error"),
    plural(warnings, "warning"),
    plural(infos, "info"),
    ...(consequences > 0 ? [`${plural(consequences, "finding")} that follow from them`] : []),
    ...(suppressed > 0 ? [`${thousands(suppressed)} suppressed`] : []),
    ...(baseline > 0 ? [`${thousands(baseline)} in the baseline`] : []),
  ].join(", ");
}

function crashes({ crashes: all }: LocatedReport): readonly string[] {
  return all.map(({ code: rule, message }) => `- crashed: ${code(rule)}: ${prose(message)}\n`);
}

interface Cut {
  readonly lines: readonly string[];
  readonly count: number;
  /** Characters. */
  readonly length: number;
}

/** As many as there is room for. */
function upTo(roots: readonly Root[], write: (root: Root) => string, room: number): Cut {
  const lines: string[] = [];
  let length = 0;
  for (const root of roots) {
    const text = write(root);
    if (length + text.length + 1 > room) break;
    lines.push(text);
    length += text.length + 1;
  }
  return { lines, count: lines.length, length };
}

function left(count: number, why: string): readonly string[] {
  return count > 0 ? [`${thousands(count)} ${why}.`, ""] : [];
}

function lengthOf(lines: readonly string[]): number {
  return lines.reduce((sum, line) => sum + line.length + 1, 0);
}

function tableRow({ finding, consequences }: Root, { helpUrl }: ReportOptions): string {
  const { severity, code: rule, message, consequence } = finding;
  const follow = consequences.length > 0 ? ` (${plural(consequences.length, "more")} follow)` : "";
  const breaks = consequence === "" ? "" : `; breaks: ${prose(consequence)}`;
  const cells = [
    signs[severity],
    `[${rule}](${helpUrl(rule)})`,
    code(whereOf(finding)),
    prose(message) + breaks + follow,
  ];
  return `| ${cells.map(cell).join(" | ")} |`;
}

/** A bar ends a cell, even within a code span. */
function cell(text: string): string {
  return text.replaceAll("|", String.raw`\|`);
}

function whereOf({ location, subject }: LocatedFinding): string {
  return location ? spot(location) : nameOf(subject);
}

function detail({ finding, consequences }: Root, now: string, { all }: ReportOptions): string {
  const { code: rule, id, message, subject, remedy, evidence, handshakes, from } = finding;
  const broken = all ? handshakes : handshakes.slice(0, shown);
  const following = all ? consequences : consequences.slice(0, shown);
  const items = [
    ...(remedy === "" ? [] : [`fix: ${prose(remedy)}`]),
    ...(from === undefined ? [] : [`from: ${from}, ${distance(from, now)}`]),
    ...evidence.map((line) => `because: ${prose(line)}`),
    ...broken.map((line) => `breaks: ${code(line)}`),
    ...more(handshakes.length - broken.length, "handshake"),
    ...finding.relatedLocations.map((related) => {
      const where = placeOf(related);
      return `see also: ${prose(related.note)}${where === undefined ? "" : ` (${code(where)})`}`;
    }),
    ...following.map((one) => `follows: ${one.code} ${prose(one.message)}`),
    ...more(consequences.length - following.length, "finding"),
  ];
  return [
    `**${rule} ${code(id)}** ${code(nameOf(subject))}: ${prose(message)}`,
    "",
    ...items.map((item) => `- ${item}`),
    "",
  ].join("\n");
}

function more(count: number, word: string): readonly string[] {
  return count > 0 ? [`and ${plural(count, `more ${word}`)}`] : [];
}

/** What was not looked at is never left out, only shortened. */
function coverage(report: LocatedReport, { all }: ReportOptions): readonly string[] {
  const { evaluated, notEvaluated } = coverageOf(report);
  const total = evaluated + notEvaluated.length;
  if (total === 0) return ["Nothing to check: no rule applies to this input.", ""];
  if (notEvaluated.length === 0) return [`All ${plural(total, "check")} that apply were made.`, ""];
  const percent = Math.floor(ratioOf({ evaluated, notEvaluated }) * 100);
  const reasons = [...groupBy(notEvaluated, ({ why }) => why)].toSorted(
    ([, a], [, b]) => b.length - a.length,
  );
  const listed = all ? reasons : reasons.slice(0, reasonsShown);
  return [
    `<details><summary>${thousands(evaluated)} of ${plural(total, "check")} made (${String(percent)} %)</summary>`,
    "",
    ...listed.map(
      ([why, gaps]) =>
        `- ${plural(gaps.length, "check")} not evaluated: ${prose(why)}${needs(gaps)}`,
    ),
    ...more(reasons.length - listed.length, "reason").map((text) => `- ${text}`),
    "",
    "</details>",
    "",
  ];
}

const reasonsShown = 20;

function needs(gaps: readonly Gap[]): string {
  const rbac = [...new Set(gaps.flatMap((gap) => (gap.rbac === undefined ? [] : [gap.rbac])))];
  return rbac.length === 0 ? "" : `; needs ${rbac.map(code).join(", ")}`;
}

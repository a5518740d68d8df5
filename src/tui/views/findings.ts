import { thousands } from "../../model/thousands.ts";
import { nameOf } from "../../model/object.ts";
import { plural } from "../../show/summary.ts";
import { column, line, span, type Line } from "../line.ts";
import type { Root } from "../../show/roots.ts";
import type { Row } from "../listing.ts";
import type { List, ListContext } from "./view.ts";

/** The findings by severity, rule, namespace or object. */
export function findingsList({ contents, state, spot }: ListContext): List {
  const { listing, summary } = contents;
  const rows = listing.rows({
    grouping: state.grouping,
    filter: spot.filter,
    folding: state.folding,
  });
  const { errors, warnings, infos, consequences, suppressed } = summary;
  const counts = [
    plural(errors, "error"),
    plural(warnings, "warning"),
    plural(infos, "info"),
    ...(consequences > 0 ? [`${thousands(consequences)} that follow`] : []),
    ...(suppressed > 0 ? [`${thousands(suppressed)} suppressed`] : []),
  ];
  const filtered = spot.filter === "" ? [] : [`${thousands(rows.findings)} fit`];
  return {
    count: rows.count,
    about: [...filtered, counts.join(", "), `by ${state.grouping}`].join(" · "),
    empty:
      spot.filter === ""
        ? "No findings. View 5, coverage, tells how much was looked at."
        : "No finding fits the filter.",
    heading: [],
    row: (index, width) => rowLine(rows.at(index), state.grouping, width),
    pageAt: (index) => pageOf(rows.at(index)),
    spoken: (index) => spokenRow(rows.at(index)),
    next: (index, by) => rows.next(index, by),
  };
}

function pageOf(row: Row | undefined) {
  return row && "listed" in row
    ? { type: "finding" as const, fingerprint: row.listed.finding.fingerprint }
    : undefined;
}

function rowLine(row: Row | undefined, grouping: string, width: number): Line {
  if (!row) return line();
  if ("group" in row) {
    const { label, count, isFolded } = row.group;
    const sign = isFolded ? "+" : "-";
    return line(span(`${sign} ${label} `, "title"), span(`(${thousands(count)})`, "quiet"));
  }
  return findingRow(row.listed, width, grouping === "severity");
}

/** Without the severity in words where the heading above it says so. */
export function findingRow({ finding, consequences }: Root, width: number, isSaid = false): Line {
  const { severity, code, subject, message, accepted } = finding;
  const about = nameOf(subject);
  const follow = consequences.length > 0 ? ` (+${thousands(consequences.length)})` : "";
  const aside = accepted === undefined ? "" : ` [${accepted}]`;
  return line(
    "  ",
    ...(isSaid ? [span(`${code} `, severity)] : [column(severity, 8, severity), `${code} `]),
    ...(width >= 110 ? [column(about, Math.min(44, Math.floor(width / 4)), "quiet"), " "] : []),
    message,
    span(follow + aside, "quiet"),
  );
}

function spokenRow(row: Row | undefined): string {
  if (!row) return "";
  if ("group" in row) {
    const { label, count, isFolded } = row.group;
    return `Group ${label}, ${plural(count, "finding")}${isFolded ? ", folded" : ""}.`;
  }
  const { finding, consequences } = row.listed;
  const { severity, code, id, subject, message, location } = finding;
  const where = location ? ` In ${location.file}, line ${String(location.line)}.` : "";
  const follow =
    consequences.length > 0
      ? ` ${plural(consequences.length, "more finding")} follow from it.`
      : "";
  return `${severity} ${code} ${id}: ${message}. About ${nameOf(subject)}.${where}${follow}`;
}

import { thousands } from "../model/thousands.ts";
import { nameOf } from "../model/object.ts";
import type { LocatedFinding } from "../rule/report.ts";
import { distance } from "../show/distance.ts";
import type { ReportOptions } from "./options.ts";
import { frame } from "./frame.ts";
import { inert } from "../show/inert.ts";
import type { Paint } from "./paint.ts";
import { relatedText } from "../show/related.ts";
import type { Root } from "../show/roots.ts";
import { spot } from "../show/spot.ts";
import { plural } from "../show/summary.ts";
import { wrap } from "../show/wrap.ts";

const shown = 3;

/** One fault: headline, frame, and what belongs to it, a line each. */
export function findingLines(
  { finding, consequences }: Root,
  now: string,
  options: ReportOptions,
  paint: Paint,
): string[] {
  const { severity, code, id, location, excerpt } = finding;
  const head = `${severity} ${code} ${id}: `;
  const [first = "", ...rest] = wrap(inert(finding.message), options.width, 2, head.length);
  const subject = inert(nameOf(finding.subject));
  const arrow = location ? `${inert(spot(location))} ${paint.quiet(`(${subject})`)}` : subject;
  return [
    `${paint.severity[severity](`${severity} ${code}`)} ${id}: ${paint.title(first)}`,
    ...rest.map((line) => paint.title(line)),
    `  ${paint.frame("-->")} ${arrow}`,
    ...(location && excerpt
      ? frame(location, excerpt, options.width - 2, paint).map((line) => `  ${line}`)
      : []),
    ...notes(finding, now, options).flatMap(([name, text]) => note(name, text, options, paint)),
    ...following(consequences, options, paint),
    `  ${paint.quiet(`see: ${options.helpUrl(code)}`)}`,
  ];
}

type Note = readonly [name: string, text: string];

function notes(finding: LocatedFinding, now: string, { all }: ReportOptions): readonly Note[] {
  const { consequence, from, remedy, evidence, handshakes, relatedLocations } = finding;
  const broken = all ? handshakes : handshakes.slice(0, shown);
  const more = handshakes.length - broken.length;
  return [
    ...relatedLocations.map((one): Note => ["note", relatedText(one)]),
    ...evidence.map((line): Note => ["because", line]),
    ...(consequence === "" ? [] : [["breaks", consequence] as const]),
    ...broken.map((handshake): Note => ["breaks", handshake]),
    ...(more > 0
      ? [["breaks", `${plural(more, "more handshake")}; --all lists them`] as const]
      : []),
    ...(from === undefined ? [] : [["from", `${from}, ${distance(from, now)}`] as const]),
    ...(remedy === "" ? [] : [["fix", remedy] as const]),
  ];
}

function note(name: string, text: string, { width }: ReportOptions, paint: Paint): string[] {
  const label = `  ${name}: `;
  const [first = "", ...rest] = wrap(inert(text), width, label.length);
  return [`  ${paint.title(`${name}:`)} ${first}`, ...rest];
}

function following(
  consequences: readonly LocatedFinding[],
  { all, width }: ReportOptions,
  paint: Paint,
): string[] {
  if (consequences.length === 0) return [];
  const listed = all ? consequences : consequences.slice(0, shown);
  const hidden = consequences.length - listed.length;
  const rows = listed.flatMap(({ code, message, location, subject }) => {
    const where = location ? spot(location) : nameOf(subject);
    return wrap(inert(`${code} ${message} (${where})`), width, 6, 4).map((line, i) =>
      i === 0 ? `    ${line}` : line,
    );
  });
  return [
    `  ${paint.title("follows:")} ${plural(consequences.length, "more finding")}`,
    ...rows,
    ...(hidden > 0 ? [paint.quiet(`    and ${thousands(hidden)} more; --all lists them`)] : []),
  ];
}

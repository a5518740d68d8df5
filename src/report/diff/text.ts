import type { LocatedFinding, LocatedReport } from "../../rule/report.ts";
import { inert } from "../../show/inert.ts";
import { rootsOf } from "../../show/roots.ts";
import { plural } from "../../show/summary.ts";
import { labelOf } from "../../trust/handshake.ts";
import { findingLines } from "../finding-lines.ts";
import type { ReportOptions } from "../options.ts";
import { paintOf, type Paint } from "../paint.ts";
import type { DiffDocument, HandshakeChange } from "./document.ts";

/** What the change breaks, what it mends, and what stays as it is. */
export function render(document: DiffDocument, options: ReportOptions): string {
  const paint = paintOf(options.color);
  const { before, after, added, mended, kept } = document;
  const parts = [
    ...section("The change brings", after, added, options, paint),
    ...section("The change mends", before, mended, options, paint),
    ...handshakeLines(document.handshakes, paint),
    closing(document, kept),
  ];
  return `${parts.join("\n\n")}\n`;
}

function section(
  title: string,
  report: LocatedReport,
  findings: readonly LocatedFinding[],
  options: ReportOptions,
  paint: Paint,
): readonly string[] {
  const wanted = new Set(findings.map(({ fingerprint }) => fingerprint));
  const roots = rootsOf(report).filter(({ finding }) => wanted.has(finding.fingerprint));
  if (roots.length === 0) return [];
  return [
    `${paint.title(title)} ${paint.quiet(`(${plural(roots.length, "finding")})`)}`,
    ...roots.map((root) => findingLines(root, report.now, options, paint).join("\n")),
  ];
}

const effects = {
  breaks: "breaks",
  mends: "mends",
  unsettles: "no longer known",
  settles: "now known to hold",
  appears: "new",
  goes: "gone",
} as const;

function handshakeLines(changes: readonly HandshakeChange[], paint: Paint): readonly string[] {
  const lines = changes.flatMap(({ effect, before, after, cluster }) => {
    const handshake = after ?? before;
    if (effect === "same" || !handshake) return [];
    const why = after?.reason ? `: ${after.reason.text}` : "";
    const where = cluster === "" ? "" : `${cluster}: `;
    const text = inert(`${where}${labelOf(handshake)}${why}`);
    const colour = effect === "breaks" ? paint.severity.error : paint.title;
    return [`  ${colour(effects[effect])} ${text}`];
  });
  return lines.length === 0 ? [] : [[paint.title("Handshakes"), ...lines].join("\n")];
}

function closing(
  { added, mended, handshakes }: DiffDocument,
  kept: readonly LocatedFinding[],
): string {
  const of = (effect: HandshakeChange["effect"]) =>
    handshakes.filter((one) => one.effect === effect).length;
  return [
    `${plural(added.length, "finding")} new, ${plural(mended.length, "finding")} gone, ${String(kept.length)} unchanged`,
    `${plural(of("breaks"), "handshake")} broken, ${String(of("mends"))} mended, ${String(of("same"))} unchanged`,
  ].join("\n");
}

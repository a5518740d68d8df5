import { inert } from "../../show/inert.ts";
import type { HandshakesDocument, HandshakesOptions, WorldTrust } from "./document.ts";
import { countOf, rowsOf } from "./rows.ts";

/** One table for each world, for comments on pull requests and job summaries. */
export function render({ worlds }: HandshakesDocument, options: HandshakesOptions): string {
  const several = worlds.length > 1;
  return worlds.map((world) => sectionOf(world, several, options)).join("\n");
}

function sectionOf(
  { name, handshakes }: WorldTrust,
  several: boolean,
  { all }: HandshakesOptions,
): string {
  const rows = rowsOf(handshakes, all).map(({ verdict, who, first }) =>
    row(verdict, who, first.until ?? "", first.reason?.text ?? "", first.note ?? ""),
  );
  return [
    ...(several ? [`## ${cell(name || "other files")}`, ""] : []),
    `${countOf(handshakes)}.`,
    "",
    row("verdict", "handshake", "until", "reason", "note"),
    "| --- | --- | --- | --- | --- |",
    ...rows,
    "",
  ].join("\n");
}

function row(...cells: readonly string[]): string {
  return `| ${cells.map(cell).join(" | ")} |`;
}

/** Text of an object must not turn into markup. */
function cell(text: string): string {
  return inert(text).replaceAll(
    /[\\`*_{}[\]<>|#!~&]/g,
    (mark) => `&#${String(mark.codePointAt(0))};`,
  );
}

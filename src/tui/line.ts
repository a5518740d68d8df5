import { cellsOf } from "../show/cells.ts";
import { wrap } from "../show/wrap.ts";
import { inert } from "../show/inert.ts";

/** What a piece of text is, for the theme to draw. */
export type Role =
  | "error"
  | "warning"
  | "info"
  | "good"
  | "title"
  | "quiet"
  | "frame"
  | "mark"
  | "tab"
  | "bar";

export interface Span {
  readonly text: string;
  readonly role?: Role;
}

/** One row of the screen. `chosen` is where the cursor stands. */
export interface Line {
  readonly spans: readonly Span[];
  readonly chosen?: boolean;
}

export function line(...parts: readonly (Span | string)[]): Line {
  return { spans: parts.map((part) => (typeof part === "string" ? { text: part } : part)) };
}

export function span(text: string, role?: Role): Span {
  return role ? { text, role } : { text };
}

export const blank: Line = { spans: [] };

export function textOf({ spans }: Line): string {
  return spans.map(({ text }) => text).join("");
}

/** One column a character: printable ASCII, and dot, ellipsis and lines as rows have them. */
const plain = /^[ -~\u00b7\u2026\u2500-\u257f]*$/;
/** A character is drawn at least this wide for every so many code units: pairs, and marks that pile up. */
const unitsPerColumn = 12;

/**
 * The line in exactly `width` columns: cut with "…", filled with spaces, and whatever could steer the terminal spelled
 * out. Every row of the screen goes through here.
 */
export function fit({ spans, chosen }: Line, width: number): Line {
  const fitted: Span[] = [];
  let room = width;
  for (const { text, role } of spans) {
    if (room <= 0) break;
    const cut = cutTo(text, room);
    room -= cut.width;
    fitted.push(role ? { text: cut.text, role } : { text: cut.text });
  }
  if (room > 0) fitted.push({ text: " ".repeat(room) });
  return chosen ? { spans: fitted, chosen } : { spans: fitted };
}

/** The start of a text that fits into `room` columns, and how many it takes. */
export function cutTo(
  text: string,
  room: number,
): { readonly text: string; readonly width: number } {
  if (text.length <= room && plain.test(text)) return { text, width: text.length };
  const start = text.slice(0, room * unitsPerColumn);
  if (plain.test(start)) return { text: `${start.slice(0, room - 1)}…`, width: room };
  const cells = cellsOf(start);
  const whole = cells.reduce((sum, cell) => sum + cell.width, 0);
  if (whole <= room && start.length === text.length)
    return { text: cells.map((cell) => cell.text).join(""), width: whole };
  let width = 0;
  let cut = "";
  for (const cell of cells) {
    if (width + cell.width > room - 1) break;
    width += cell.width;
    cut += cell.text;
  }
  return { text: `${cut}…`, width: width + 1 };
}

/** A text over as many lines as it needs; lines after the first start with `indent` spaces. */
export function folded(text: string, width: number, indent: number, taken = indent): string[] {
  const most = Math.max(8, width - indent);
  const words = inert(text)
    .split(" ")
    .map((word) => word.match(new RegExp(`.{1,${String(most)}}`, "gsu"))?.join(" ") ?? word)
    .join(" ");
  return wrap(words, width, indent, taken);
}

/** Columns: the text cut or filled to `width`. */
export function column(text: string, width: number, role?: Role): Span {
  const cut = cutTo(text, width);
  return span(cut.text + " ".repeat(width - cut.width), role);
}

import type { Excerpt, Location } from "../model/location.ts";
import { cellsOf, widthOf, type Cell } from "./cells.ts";

/** A line cut to the room there is around its range, with the carets that belong under it. */
export interface MarkedLine {
  readonly number: number;
  readonly text: string;
  readonly indent: string;
  readonly carets: string;
}

/**
 * The lines of an excerpt, each with what the location covers of it, no carets where that is nothing; `room` in columns
 * of a terminal.
 */
export function markedLines(
  location: Location,
  excerpt: Excerpt,
  room: number,
): readonly MarkedLine[] {
  return excerpt.lines.map((line, i) => {
    const number = excerpt.firstLine + i;
    const marked = mark(line, spanOn(line, number, location), room);
    const isCovered = number >= location.line && number <= location.endLine;
    return { number, ...marked, ...(isCovered ? {} : { carets: "" }) };
  });
}

/** The UTF-16 code units of the line that the location covers, from 0, end exclusive; at least one. */
function spanOn(line: string, number: number, location: Location): readonly [number, number] {
  const start = number === location.line ? location.column - 1 : line.search(/\S|$/);
  const end = number === location.endLine ? location.endColumn - 1 : line.trimEnd().length;
  return [start, Math.max(start + 1, end)];
}

function mark(
  line: string,
  [start, end]: readonly [number, number],
  room: number,
): Omit<MarkedLine, "number"> {
  const cells = cellsOf(line);
  const from = widthOf(cells) <= room ? 0 : windowStart(cells, start, room);
  const to = windowEnd(cells, from, room);
  const before = from > 0 ? "…" : "";
  const after = to < cells.length ? "…" : "";
  const covered = cells.slice(Math.max(from, start), Math.min(to, end));
  const text =
    before +
    cells
      .slice(from, to)
      .map((cell) => cell.text)
      .join("") +
    after;
  return {
    text,
    indent: " ".repeat(
      before.length + widthOf(cells.slice(from, start)) + Math.max(0, start - cells.length),
    ),
    carets: "^".repeat(Math.max(1, widthOf(covered))),
  };
}

/** The first cell to show so that a third of the room is left before the span. */
function windowStart(cells: readonly Cell[], start: number, room: number): number {
  let from = Math.min(start, cells.length);
  let width = 0;
  while (from > 0 && width + (cells[from - 1]?.width ?? 0) <= room / 3) {
    from -= 1;
    width += cells[from]?.width ?? 0;
  }
  return from;
}

function windowEnd(cells: readonly Cell[], from: number, room: number): number {
  let to = from;
  let width = 2;
  while (
    to < cells.length &&
    width + (cells[to]?.width ?? 0) <= room + (to === cells.length - 1 ? 2 : 0)
  ) {
    width += cells[to]?.width ?? 0;
    to += 1;
  }
  return to;
}

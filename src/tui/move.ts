import { pageSize, listWidth } from "./frame.ts";
import { textOf } from "./line.ts";
import { spotOf, withSpot, type State } from "./state.ts";
import type { Around, Step } from "./around.ts";
import { topOf } from "./top.ts";

export function moved(state: State, by: number, around: Around): Partial<Step> {
  return moveTo(state, spotOf(state).cursor + by, around);
}

/** Puts the cursor on a row, or the row nearest to it, and the row into sight. */
export function moveTo(state: State, row: number, { contents, size }: Around): Partial<Step> {
  const page = pageSize(state, contents, size);
  const top = topOf(state, contents, listWidth(state, size.columns));
  const { top: first } = spotOf(state);
  if ("text" in top) {
    const cursor = clamp(row, top.text.length - page);
    return { state: withSpot(state, { cursor, top: cursor }) };
  }
  const cursor = clamp(row, top.list.count - 1);
  const from = Math.max(cursor - page + 1, Math.min(first, cursor));
  // The heading of the first group stays in sight.
  const shown = cursor === 1 && from === 1 ? 0 : from;
  return { state: withSpot(state, { cursor, top: clamp(shown, top.list.count - page) }) };
}

function clamp(value: number, most: number): number {
  return Math.max(0, Math.min(value, most));
}

/** The next finding of a list, or the next match in a text. */
export function nextFinding(state: State, by: 1 | -1, around: Around): Partial<Step> {
  const { contents, size } = around;
  const top = topOf(state, contents, listWidth(state, size.columns));
  const { cursor, filter } = spotOf(state);
  if ("list" in top) {
    const next = top.list.next?.(cursor + by, by) ?? cursor + by;
    return next < 0 ? {} : moveTo(state, next, around);
  }
  if (filter === "") return { state: { ...state, notice: "/ searches first." } };
  const wanted = filter.toLowerCase();
  for (let row = cursor + by; row >= 0 && row < top.text.length; row += by) {
    const one = top.text[row];
    if (one && textOf(one).toLowerCase().includes(wanted)) return moveTo(state, row, around);
  }
  return { state: { ...state, notice: by > 0 ? "No further match." : "No match before." } };
}

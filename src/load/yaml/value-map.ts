import type { Piece } from "./node.ts";

export interface Range {
  readonly start: number;
  /** Exclusive. */
  readonly end: number;
}

/** Where the characters of a scalar's value stand in its source. All offsets are in UTF-16 code units. */
export interface ValueMap {
  /** The stretch of the source for a stretch of the value; behind the value's end counts as its end. */
  readonly sourceOf: (range: Range) => Range;
}

/** Characters that an escape or a fold stands for lie where the escape or the fold does. */
export function valueMap(pieces: readonly Piece[], empty: number): ValueMap {
  const starts: number[] = [];
  let length = 0;
  for (const { start, end, text } of pieces) {
    starts.push(length);
    length += text === undefined ? end - start : text.length;
  }
  const last = pieces.at(-1)?.end ?? empty;
  const locate = (offset: number): Range => {
    const index = starts.findLastIndex((start) => start <= offset);
    const piece = pieces[index];
    if (offset >= length || !piece) return { start: last, end: last };
    if (piece.text !== undefined) return { start: piece.start, end: piece.end };
    const start = piece.start + offset - (starts[index] ?? 0);
    return { start, end: start + 1 };
  };
  return {
    sourceOf: ({ start, end }) => {
      const first = locate(start);
      return { start: first.start, end: end > start ? locate(end - 1).end : first.start };
    },
  };
}

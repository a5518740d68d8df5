/** A spot in a text as editors, SARIF and GitHub count it. */
export interface Position {
  /** From 1. Lines end with LF, CRLF or a lone CR; YAML's own further line breaks do not count. */
  readonly line: number;
  /** From 1, in UTF-16 code units; a byte order mark is no part of the first line. */
  readonly column: number;
}

export interface LineTable {
  /** Of an offset in UTF-16 code units; offsets outside of the lines count as their start or their end. */
  readonly positionAt: (offset: number) => Position;
  /** Without its line break; empty for a line that the text does not have. */
  readonly lineAt: (line: number) => string;
  /** The offset at which a line starts; the length of the text for a line that it does not have. */
  readonly startOf: (line: number) => number;
}

/** The lines of a text, found once. */
export function lineTable(text: string): LineTable {
  const first = text.startsWith("\uFEFF") ? 1 : 0;
  const starts = [
    first,
    ...Array.from(text.matchAll(/\r\n?|\n/g), ({ 0: found, index }) => index + found.length),
  ];
  return {
    positionAt: (offset) => {
      const within = Math.min(Math.max(offset, first), text.length);
      const line = lastAtMost(starts, within);
      return { line: line + 1, column: within - (starts[line] ?? 0) + 1 };
    },
    lineAt: (line) => {
      const start = starts[line - 1];
      return start === undefined ? "" : text.slice(start, starts[line]).replace(/[\r\n]+$/, "");
    },
    startOf: (line) => starts[line - 1] ?? text.length,
  };
}

let latest: { readonly text: string; readonly table: LineTable } | undefined;

/** The position of an offset; the line table of the last text is kept. */
export function positionAt(text: string, offset: number): Position {
  if (latest?.text !== text) latest = { text, table: lineTable(text) };
  return latest.table.positionAt(offset);
}

/** How many lines end between two offsets. */
export function countLines(text: string, from: number, to: number): number {
  let count = 0;
  const stretch = text.slice(from, to);
  for (let at = stretch.indexOf("\n"); at !== -1; at = stretch.indexOf("\n", at + 1)) count++;
  return count + (stretch.match(/\r(?!\n)/g)?.length ?? 0);
}

/** The index of the last entry of a sorted list that is not above the value. */
function lastAtMost(sorted: readonly number[], value: number): number {
  let low = 0;
  let high = sorted.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((sorted[middle] ?? Infinity) <= value) low = middle;
    else high = middle - 1;
  }
  return low;
}

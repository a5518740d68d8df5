import { isActive, spelled } from "./inert.ts";

/** What one UTF-16 code unit of a line takes on the screen; the second half of a pair takes nothing. */
export interface Cell {
  readonly text: string;
  /** Columns of a terminal. */
  readonly width: number;
}

const tabStop = 4;
const mostMarks = 4;

/** Scripts and symbols that terminals draw two columns wide (Unicode TR 11). */
const wide =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Emoji_Presentation}\u3000-\u303e\uff01-\uff60\uffe0-\uffe6]/u;
const mark = /\p{M}/u;
const carriesMarks = /[\p{L}\p{N}]/u;

/** The cells of a line, one for each UTF-16 code unit, with tabs and control characters made visible. */
export function cellsOf(line: string): readonly Cell[] {
  const cells: Cell[] = [];
  let column = 0;
  let marks = mostMarks;
  for (const character of line) {
    const isMark = character > "\u02ff" && mark.test(character);
    marks = isMark ? marks + 1 : carriesMarks.test(character) ? 0 : mostMarks;
    const cell = isMark ? markCell(character, marks) : cellOf(character, column);
    cells.push(cell);
    column += cell.width;
    if (character.length === 2) cells.push({ text: "", width: 0 });
  }
  return cells;
}

/** A combining mark is drawn on what stands before it, unless that is nothing or carries too many. */
function markCell(character: string, marks: number): Cell {
  return marks > mostMarks || isActive(character)
    ? spelledCell(character)
    : { text: character, width: 0 };
}

function cellOf(character: string, column: number): Cell {
  if (character >= " " && character <= "~") return { text: character, width: 1 };
  if (character === "\t") {
    const width = tabStop - (column % tabStop);
    return { text: " ".repeat(width), width };
  }
  if (isActive(character)) return spelledCell(character);
  return { text: character, width: wide.test(character) ? 2 : 1 };
}

function spelledCell(character: string): Cell {
  const text = spelled(character);
  return { text, width: text.length };
}

export function widthOf(cells: readonly Cell[]): number {
  return cells.reduce((sum, { width }) => sum + width, 0);
}

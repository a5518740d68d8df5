import { isActive, spelled } from "./inert.ts";

/** What one UTF-16 code unit of a line takes on the screen; the second half of a pair takes nothing. */
export interface Cell {
  readonly text: string;
  /** Columns of a terminal. */
  readonly width: number;
}

const tabStop = 4;

/** Scripts and symbols that terminals draw two columns wide (Unicode TR 11). */
const wide =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Emoji_Presentation}\u3000-\u303e\uff01-\uff60\uffe0-\uffe6]/u;
const combining = /\p{M}/u;

/** The cells of a line, one for each UTF-16 code unit, with tabs and control characters made visible. */
export function cellsOf(line: string): readonly Cell[] {
  const cells: Cell[] = [];
  let column = 0;
  for (const character of line) {
    const cell = cellOf(character, column);
    cells.push(cell);
    column += cell.width;
    if (character.length === 2) cells.push({ text: "", width: 0 });
  }
  return cells;
}

function cellOf(character: string, column: number): Cell {
  if (character === "\t") {
    const width = tabStop - (column % tabStop);
    return { text: " ".repeat(width), width };
  }
  if (isActive(character)) {
    const text = spelled(character);
    return { text, width: text.length };
  }
  if (combining.test(character)) return { text: character, width: 0 };
  return { text: character, width: wide.test(character) ? 2 : 1 };
}

export function widthOf(cells: readonly Cell[]): number {
  return cells.reduce((sum, { width }) => sum + width, 0);
}

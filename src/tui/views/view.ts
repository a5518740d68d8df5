import type { Contents } from "../contents.ts";
import type { Line } from "../line.ts";
import type { Page, Spot, State } from "../state.ts";

/** A list with a cursor, drawn a row at a time: only what is visible is made. */
export interface List {
  readonly count: number;
  /** How much there is, for the line below the tabs. */
  readonly about: string;
  /** What stands there when there is nothing, in words. */
  readonly empty: string;
  /** Above the rows, such as names of columns. */
  readonly heading: readonly Line[];
  row(index: number, width: number): Line;
  /** What Enter opens. */
  pageAt(index: number): Page | undefined;
  /** The same as words, for a screen reader. */
  spoken(index: number): string;
  /** What stands in the place of the cursor after `by` rows, where some are passed over. */
  readonly next?: (index: number, by: 1 | -1) => number;
}

/** What a list needs to be made. */
export interface ListContext {
  readonly contents: Contents;
  readonly state: State;
  readonly spot: Spot;
  /** Columns of the list. */
  readonly width: number;
}

export type MakeList = (context: ListContext) => List;

/** The row of a list in words: its columns with single spaces. */
export function spokenLine({ spans }: Line): string {
  return spans
    .map(({ text }) => text.trim())
    .filter(Boolean)
    .join(" ");
}

/** A list that has nothing to show, and says why. */
export function emptyList(about: string, empty: string): List {
  return {
    count: 0,
    about,
    empty,
    heading: [],
    row: () => ({ spans: [] }),
    pageAt: () => undefined,
    spoken: () => "",
  };
}

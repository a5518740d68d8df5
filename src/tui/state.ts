import { unfolded, type Folding } from "./folding.ts";
import type { Grouping } from "./order.ts";

/** The views that Tab goes through, in this order; keys 1 to 5 open them. */
export const viewNames = ["findings", "handshakes", "timeline", "rotation", "coverage"] as const;
type ViewName = (typeof viewNames)[number];

/** What lies on top of a view: a text, or a list that leads further. Named by keys, so that it outlives a refresh. */
export type Page =
  | { readonly type: "finding"; readonly fingerprint: string }
  | { readonly type: "rule"; readonly code: string }
  | { readonly type: "handshake"; readonly key: string }
  | { readonly type: "event"; readonly key: string }
  | { readonly type: "gap"; readonly why: string }
  | { readonly type: "consequences"; readonly fingerprint: string }
  | { readonly type: "facets" }
  | { readonly type: "help" };

/** Where somebody is in a list or a text. */
export interface Spot {
  /** The row with the cursor; in a text the first visible line. */
  readonly cursor: number;
  /** The first visible row. */
  readonly top: number;
  /** Columns that a text is moved to the left. */
  readonly left: number;
  /** Filter of a list, or what is searched for in a text. */
  readonly filter: string;
}

interface Opened {
  readonly page: Page;
  readonly spot: Spot;
}

/** A line of text that the user is asked for. */
export interface Prompt {
  readonly asks: "filter" | "reason" | "file";
  readonly text: string;
  /** What the filter was before. */
  readonly before: string;
}

/** Everything about the screen that keys change. Plain data; the frame is a function of it, the contents and the size. */
export interface State {
  readonly view: ViewName;
  readonly spots: Readonly<Record<ViewName, Spot>>;
  readonly pages: readonly Opened[];
  readonly prompt: Prompt | undefined;
  readonly grouping: Grouping;
  readonly folding: Folding;
  /** Steps by which the timeline is zoomed in. */
  readonly zoom: number;
  /** Something said once in the bottom line. */
  readonly notice: string;
  readonly done: boolean;
}

export const start: Spot = { cursor: 0, top: 0, left: 0, filter: "" };

export const initial: State = {
  view: "findings",
  spots: {
    findings: { ...start, cursor: 1 },
    handshakes: start,
    timeline: start,
    rotation: start,
    coverage: start,
  },
  pages: [],
  prompt: undefined,
  grouping: "severity",
  folding: unfolded,
  zoom: 0,
  notice: "",
  done: false,
};

/** The spot of what is on top. */
export function spotOf({ pages, spots, view }: State): Spot {
  return pages.at(-1)?.spot ?? spots[view];
}

export function withSpot(state: State, change: Partial<Spot>): State {
  const top = state.pages.at(-1);
  const spot = { ...spotOf(state), ...change };
  return top
    ? { ...state, pages: [...state.pages.slice(0, -1), { ...top, spot }] }
    : { ...state, spots: { ...state.spots, [state.view]: spot } };
}

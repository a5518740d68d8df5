import type { Around, Step } from "./around.ts";
import type { Contents } from "./contents.ts";
import { copied, findingOnTop, placeOnTop } from "./on-top.ts";
import { folding, foldingAll, unfolded } from "./folding.ts";
import { listWidth, pageSize } from "./frame.ts";
import { commandOf, type Command, type Pressed } from "./keys.ts";
import { groupings } from "./order.ts";
import { moveTo, moved, nextFinding } from "./move.ts";
import { typed } from "./prompt.ts";
import { spotOf, start, viewNames, withSpot, type Page, type State } from "./state.ts";
import { topOf } from "./top.ts";
import { facetAt, toggled } from "./views/facets.ts";

/** What a key does. Pure. */
export function press(before: State, key: Pressed, around: Around): Step {
  const state = { ...before, notice: "" };
  if (state.prompt) return typed(state, state.prompt, key, around);
  const command = commandOf(key);
  return command ? obey(state, command, around) : { state };
}

function obey(state: State, command: Command, around: Around): Step {
  if (command.startsWith("view ")) {
    const view = viewNames[Number(command.slice(5)) - 1];
    return { state: view ? { ...state, view, pages: [] } : state };
  }
  return { state, ...deeds[command]?.(state, around) };
}

type Deed = (state: State, around: Around) => Partial<Step>;

const deeds: Readonly<Record<string, Deed>> = {
  down: (state, around) => moved(state, 1, around),
  up: (state, around) => moved(state, -1, around),
  "page down": (state, around) => moved(state, pageOf(state, around), around),
  "page up": (state, around) => moved(state, -pageOf(state, around), around),
  first: (state, around) => moveTo(state, 0, around),
  last: (state, around) => moveTo(state, Number.MAX_SAFE_INTEGER, around),
  left: (state, around) => sideways(state, -1, around),
  right: (state, around) => sideways(state, 1, around),
  open: enter,
  back: (state) => ({ state: back(state) }),
  "next view": (state) => ({ state: turn(state, 1) }),
  "previous view": (state) => ({ state: turn(state, -1) }),
  filter: (state) => ({
    state: {
      ...state,
      prompt: { asks: "filter", text: spotOf(state).filter, before: spotOf(state).filter },
    },
  }),
  next: (state, around) => nextFinding(state, 1, around),
  previous: (state, around) => nextFinding(state, -1, around),
  facets: (state) => ({
    state:
      state.view === "findings" && state.pages.length === 0
        ? opened(state, { type: "facets" })
        : { ...state, notice: "Facets belong to the list of findings." },
  }),
  group: (state, around) => regroup(state, around),
  "fold all": (state) => foldAll(state),
  "rule page": (state, around) => {
    const finding = findingOnTop(state, around);
    return {
      state: finding ? opened(state, { type: "rule", code: finding.code }) : noFinding(state),
    };
  },
  copy: (state, around) => {
    const text = copied(state, around);
    return text === ""
      ? { state: { ...state, notice: "There is nothing to copy." } }
      : { state: { ...state, notice: "Copied." }, effect: { type: "copy", text } };
  },
  edit: (state, around) => {
    const location = placeOnTop(state, around);
    return location
      ? { effect: { type: "edit", location } }
      : { state: { ...state, notice: "This has no file that could be edited." } };
  },
  suppress: (state, around) => ({
    state: findingOnTop(state, around)
      ? { ...state, prompt: { asks: "reason", text: "", before: "" } }
      : noFinding(state),
  }),
  save: (state) => ({
    state: { ...state, prompt: { asks: "file", text: "knative-certs.html", before: "" } },
  }),
  refresh: (state) => ({ state: { ...state, notice: "Reading…" }, effect: { type: "refresh" } }),
  help: (state) => ({
    state: state.pages.at(-1)?.page.type === "help" ? back(state) : opened(state, { type: "help" }),
  }),
  quit: (state) => ({ state: { ...state, done: true } }),
};

function noFinding(state: State): State {
  return { ...state, notice: "The cursor is on no finding." };
}

function pageOf(state: State, { contents, size }: Around): number {
  return pageSize(state, contents, size);
}

function opened(state: State, page: Page): State {
  return { ...state, pages: [...state.pages, { page, spot: start }] };
}

/** One page less; in a view, first the filter goes. */
function back(state: State): State {
  if (state.pages.length > 0) return { ...state, pages: state.pages.slice(0, -1) };
  return spotOf(state).filter === "" ? state : withSpot(state, start);
}

function turn(state: State, by: 1 | -1): State {
  const at = viewNames.indexOf(state.view) + by + viewNames.length;
  return { ...state, view: viewNames[at % viewNames.length] ?? "findings", pages: [] };
}

/** Enter: deeper into what the cursor is on. */
function enter(state: State, around: Around): Step {
  const { contents, size } = around;
  const width = listWidth(state, size.columns);
  const top = topOf(state, contents, width);
  const spot = spotOf(state);
  const page = state.pages.at(-1)?.page;
  if (page?.type === "facets") {
    const term = facetAt({ contents, state, spot, width }, spot.cursor);
    const { findings } = state.spots;
    const spots = {
      ...state.spots,
      findings: { ...start, cursor: 1, filter: toggled(findings.filter, term) },
    };
    return { state: { ...state, spots } };
  }
  if ("list" in top) {
    const next = top.list.pageAt(spot.cursor);
    if (next) return { state: opened(state, next) };
    return { state: fold(state, around) };
  }
  return { state: deeper(state, page, contents) };
}

/** From a finding on to what follows from it, or else to its rule. */
function deeper(state: State, page: Page | undefined, contents: Contents): State {
  if (page?.type !== "finding") return state;
  const { fingerprint } = page;
  const follow = contents.listing.root(fingerprint)?.consequences ?? [];
  if (follow.length > 0) return opened(state, { type: "consequences", fingerprint });
  const finding = contents.listing.byFingerprint.get(fingerprint);
  return finding ? opened(state, { type: "rule", code: finding.code }) : state;
}

const columnsAside = 8;

function sideways(state: State, by: 1 | -1, around: Around): Partial<Step> {
  const top = topOf(state, around.contents, listWidth(state, around.size.columns));
  if ("text" in top) {
    const left = Math.max(0, spotOf(state).left + by * columnsAside);
    return { state: withSpot(state, { left }) };
  }
  return { state: fold(state, around, by < 0) };
}

/** Folds or unfolds the group under the cursor. */
function fold(state: State, { contents }: Around, wish?: boolean): State {
  if (state.view !== "findings" || state.pages.length > 0) return state;
  const { filter, cursor } = spotOf(state);
  const rows = contents.listing.rows({ grouping: state.grouping, filter, folding: state.folding });
  let at = cursor;
  let row = rows.at(at);
  // Folding from within a group folds that group.
  if (wish === true) for (; row && "listed" in row; row = rows.at(at)) at -= 1;
  if (!row || !("group" in row)) return state;
  const { label } = row.group;
  const next = { ...state, folding: folding(state.folding, label, wish) };
  return withSpot(next, { cursor: at, top: Math.min(spotOf(state).top, at) });
}

function foldAll(state: State): Partial<Step> {
  if (state.view !== "findings" || state.pages.length > 0) return {};
  const next = { ...state, folding: foldingAll(state.folding) };
  return { state: withSpot(next, { cursor: 0, top: 0 }) };
}

function regroup(state: State, around: Around): Partial<Step> {
  if (state.pages.length > 0) return {};
  if (state.view === "timeline") return { state: { ...state, zoom: (state.zoom + 1) % 4 } };
  if (state.view !== "findings") return {};
  const next = groupings[(groupings.indexOf(state.grouping) + 1) % groupings.length] ?? "severity";
  const finding = findingOnTop(state, around);
  const grouped = { ...state, grouping: next, folding: unfolded };
  const rows = around.contents.listing.rows({
    grouping: next,
    filter: spotOf(state).filter,
    folding: grouped.folding,
  });
  const at = finding ? rows.indexOf(finding.fingerprint) : 1;
  return moveTo(grouped, Math.max(0, at), around);
}

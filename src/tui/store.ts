import { contentsOf, type Contents, type Given } from "./contents.ts";
import type { Effect } from "./effect.ts";
import type { Size } from "./frame.ts";
import type { Pressed } from "./keys.ts";
import type { Late } from "./late.ts";
import { moveTo } from "./move.ts";
import { neededBy } from "./needed.ts";
import { findingOnTop } from "./on-top.ts";
import { initial, spotOf, type State } from "./state.ts";
import { press } from "./step.ts";

interface Shown {
  readonly state: State;
  readonly contents: Contents;
  readonly size: Size;
}

/** Holds what is shown, and tells whoever draws it when that changes. */
export interface Store {
  readonly get: () => Shown;
  readonly subscribe: (changed: () => void) => () => void;
  readonly press: (key: Pressed) => void;
  readonly resize: (size: Size) => void;
  readonly say: (notice: string) => void;
  readonly replace: (given: Given) => void;
}

export function makeStore(
  given: Given,
  size: Size,
  perform: (effect: Effect) => void,
  later: (work: () => void) => void,
): Store {
  let shown: Shown = { state: initial, contents: contentsOf(given), size };
  const listeners = new Set<() => void>();
  const set = (next: Shown): void => {
    shown = next;
    for (const changed of listeners) changed();
    const needed = neededBy(shown.state, shown.contents);
    if (needed) later(() => worked(needed));
  };
  /** New contents, as what was drawn of the old ones is kept. */
  const worked = (needed: Late<unknown>): void => {
    needed.work();
    set(inSight({ ...shown, contents: { ...shown.contents } }));
  };
  return {
    get: () => shown,
    subscribe(changed) {
      listeners.add(changed);
      return () => listeners.delete(changed);
    },
    press(key) {
      const { state, effect } = press(shown.state, key, shown);
      set({ ...shown, state });
      if (effect) perform(effect);
    },
    resize: (next) => set(inSight({ ...shown, size: next })),
    say: (notice) => set({ ...shown, state: { ...shown.state, notice } }),
    replace: (next) => set(replaced(shown, contentsOf(next))),
  };
}

/** The cursor stays on its row, and the row on the screen. */
function inSight(shown: Shown): Shown {
  const { state } = moveTo(shown.state, spotOf(shown.state).cursor, shown);
  return state ? { ...shown, state } : shown;
}

/** New contents, with the cursor on the finding on which it was. */
function replaced(shown: Shown, contents: Contents): Shown {
  const next = { ...shown, contents };
  const { state } = shown;
  if (state.view !== "findings" || state.pages.length > 0) return inSight(next);
  const finding = findingOnTop(state, shown);
  const { grouping, folding, spots } = state;
  const rows = contents.listing.rows({ grouping, folding, filter: spots.findings.filter });
  const at = finding ? rows.indexOf(finding.fingerprint) : -1;
  if (at < 0) return inSight(next);
  return { ...next, state: moveTo(state, at, next).state ?? state };
}

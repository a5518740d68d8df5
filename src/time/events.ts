import { nameOf, type KubeObject } from "../model/object.ts";
import { perform, settled, withReferences, type Action } from "./actions.ts";
import { apply } from "./apply.ts";
import type { Foretold } from "./cert-manager/issue.ts";
import { foretoldBy } from "./foretold.ts";
import { changed, freshState, reloaded, type State } from "./state.ts";
import type { World } from "./world.ts";

/** One line of a list of events that somebody wants to see happen, in its order. */
export type Given =
  | { readonly type: "renew"; readonly certificate: string }
  | { readonly type: "sync"; readonly bundle: string }
  | { readonly type: "reload"; readonly component: string }
  | { readonly type: "apply"; readonly name: string; readonly manifests: readonly KubeObject[] }
  | { readonly type: "at"; readonly time: number };

/** Something that happens in a simulation. Times in milliseconds. */
interface Happening {
  readonly at: number;
  readonly type: string;
  readonly object: string;
  readonly effect: string;
}

/** What follows a given event, and the happenings that led there. */
export interface Moment {
  readonly state: State;
  readonly at: number;
  /** Index of the last happening before it; -1 for the start. */
  readonly after: number;
}

export interface Played {
  readonly happenings: readonly Happening[];
  readonly moments: readonly Moment[];
}

/**
 * Plays a list of events. Controllers do their part after each of them, as they would within seconds; but what the
 * list names later (a renewal, the sync of a Bundle, the reload of a component) waits until the list comes to it.
 */
export function play(start: World, now: number, list: readonly Given[]): Played {
  const foretold = foretoldBy(start, list.flatMap(manifestsOf));
  const happenings: Happening[] = [];
  let at = now;
  let state = settledAfter(freshState(start), at, list, foretold, happenings);
  const moments: Moment[] = [{ state, at, after: happenings.length - 1 }];
  for (const [i, given] of list.entries()) {
    if (given.type === "at") at = Math.max(at, given.time);
    else state = happen(state, given, at, foretold, happenings);
    state = settledAfter(state, at, list.slice(i + 1), foretold, happenings);
    moments.push({ state, at, after: happenings.length - 1 });
  }
  return { happenings, moments };
}

function manifestsOf(given: Given): readonly KubeObject[] {
  return given.type === "apply" ? given.manifests : [];
}

function happen(
  state: State,
  given: Exclude<Given, { type: "at" }>,
  at: number,
  foretold: Foretold,
  happenings: Happening[],
): State {
  switch (given.type) {
    case "apply": {
      const names = given.manifests.map(nameOf).toSorted();
      happenings.push({ at, type: "apply", object: given.name, effect: names.join(", ") });
      return withReferences(changed(state, apply(state.world, given.manifests)));
    }
    case "reload": {
      const holders = [...state.held.keys()].filter((one) => isComponent(one, given.component));
      const effect = "reads its certificates and trust again";
      happenings.push({ at, type: "reload", object: given.component, effect });
      return holders.reduce(reloaded, state);
    }
    case "renew":
    case "sync": {
      const action: Action =
        given.type === "sync"
          ? { type: "sync", bundle: given.bundle }
          : { type: "issue", certificate: given.certificate, why: "Renewing" };
      const done = perform(state, action, at, foretold);
      happenings.push({ at, ...done.effect });
      return done.state;
    }
  }
}

function settledAfter(
  state: State,
  at: number,
  rest: readonly Given[],
  foretold: Foretold,
  happenings: Happening[],
): State {
  const result = settled(
    state,
    at,
    (action) => rest.some((given) => waitsFor(action, given)),
    foretold,
  );
  happenings.push(...result.effects.map((effect) => ({ at, ...effect })));
  return result.state;
}

function waitsFor(action: Action, given: Given): boolean {
  switch (action.type) {
    case "issue":
      return given.type === "renew" && given.certificate === action.certificate;
    case "sync":
      return given.type === "sync" && given.bundle === action.bundle;
    case "reload":
      return given.type === "reload" && isComponent(action.holder, given.component);
  }
}

const otherNames: Readonly<Record<string, string>> = {
  "kourier-gateway": "kourier",
  "net-kourier": "kourier",
  "net-kourier-controller": "kourier",
  "3scale-kourier-gateway": "kourier",
};

/** "queue-proxy" stands for that of every namespace. */
function isComponent(holder: string, name: string): boolean {
  const wanted = otherNames[name] ?? name;
  return holder === wanted || holder.startsWith(`${wanted}/`);
}

import { text } from "../model/json.ts";
import { nameOf, type KubeObject } from "../model/object.ts";
import { issue, type Foretold, type Issued } from "./cert-manager/issue.ts";
import { signerOf } from "./cert-manager/signer.ts";
import { whyIssued } from "./cert-manager/triggers.ts";
import type { Holder } from "./holders.ts";
import { propagate } from "./propagate.ts";
import { changed, pendingReloads, reloaded, type State } from "./state.ts";
import { managerIn } from "./trust-manager/manager.ts";
import { isBehind, sync } from "./trust-manager/sync.ts";
import { objectsIn, secretOf, type World } from "./world.ts";

/** What a controller or a component does by itself. Objects are named as `nameOf` names them. */
export type Action =
  | { readonly type: "issue"; readonly certificate: string; readonly why: string }
  | { readonly type: "sync"; readonly bundle: string }
  | { readonly type: "reload"; readonly holder: Holder; readonly within: number };

/** What an action changed, for people. */
export interface Effect {
  readonly object: string;
  readonly type: "renewal" | "re-key" | "failed renewal" | "sync" | "failed sync" | "reload";
  readonly effect: string;
}

export interface Done {
  readonly state: State;
  readonly effect: Effect;
}

/** Everything that is bound to happen without anybody's doing and without time passing after `now`, in milliseconds. */
export function pending(state: State, now: number): readonly Action[] {
  const reloads = pendingReloads(state).map((one): Action => ({ type: "reload", ...one }));
  return [...pendingIn(state.world, now), ...reloads];
}

const pendings = new WeakMap<World, Map<number, readonly Action[]>>();
const anyTime = 0;

/** What the controllers are about to do, which depends on the time where certificates are left out that have run out. */
function pendingIn(world: World, now: number): readonly Action[] {
  const mine = pendings.get(world) ?? new Map<number, readonly Action[]>();
  pendings.set(world, mine);
  const time = managerIn(world).leavesOutExpired ? now : anyTime;
  const known = mine.get(time);
  if (known) return known;
  const issues = objectsIn(world, "Certificate").flatMap((certificate): Action[] => {
    const why = whyIssued(secretOf(world, certificate), certificate);
    return why !== undefined && canIssue(world, certificate)
      ? [{ type: "issue", certificate: nameOf(certificate), why }]
      : [];
  });
  const syncs = objectsIn(world, "Bundle")
    .filter((bundle) => isBehind(world, bundle, now))
    .map((bundle): Action => ({ type: "sync", bundle: nameOf(bundle) }));
  const found = [...issues, ...syncs];
  mine.set(time, found);
  return found;
}

function canIssue(world: World, certificate: KubeObject): boolean {
  const { type } = signerOf(world, certificate);
  return type === "ca" || type === "self";
}

export function perform(state: State, action: Action, now: number, foretold?: Foretold): Done {
  switch (action.type) {
    case "issue":
      return performIssue(state, action.certificate, now, action.why, foretold);
    case "sync":
      return performSync(state, action.bundle, now);
    case "reload":
      return {
        state: reloaded(state, action.holder),
        effect: {
          type: "reload",
          object: action.holder,
          effect: "reads its certificates and trust again",
        },
      };
  }
}

function performIssue(
  state: State,
  name: string,
  now: number,
  why: string,
  foretold: Foretold | undefined,
): Done {
  const certificate = state.world.objects.get(name);
  if (!certificate) return nothing(state, "failed renewal", name, "there is no such Certificate");
  const issued = issuedOnce(state.world, certificate, now, foretold);
  if ("failed" in issued) return nothing(state, "failed renewal", name, issued.failed);
  return {
    state: changed(state, issued.world),
    effect: {
      type: issued.newKey && issued.certificate.basicConstraints?.isCA ? "re-key" : "renewal",
      object: name,
      effect: effectOf(certificate, issued, why),
    },
  };
}

const issuances = new WeakMap<Foretold, WeakMap<World, Map<string, Issued>>>();
const unforeseen: Foretold = () => undefined;

/** The same issuance in the same world is computed once. */
function issuedOnce(
  world: World,
  certificate: KubeObject,
  now: number,
  foretold: Foretold = unforeseen,
): Issued {
  const worlds = issuances.get(foretold) ?? new WeakMap<World, Map<string, Issued>>();
  issuances.set(foretold, worlds);
  const mine = worlds.get(world) ?? new Map<string, Issued>();
  worlds.set(world, mine);
  const key = `${nameOf(certificate)} ${String(now)}`;
  const issued = mine.get(key) ?? issue(world, certificate, now, foretold);
  mine.set(key, issued);
  return issued;
}

function effectOf(
  certificate: KubeObject,
  { certificate: made, newKey }: Extract<Issued, { readonly world: World }>,
  why: string,
): string {
  const until = `valid until ${made.notAfter.toISOString().replace(".000Z", "Z")}`;
  if (made.basicConstraints?.isCA !== true)
    return `${why}: a certificate signed by ${made.issuer.text}, ${until}`;
  if (!newKey) return `${why}: a CA with the same key, ${until}`;
  const policy = text(certificate.raw, "spec", "privateKey", "rotationPolicy");
  const reason =
    policy === undefined
      ? "privateKey.rotationPolicy is not set, which means Always from cert-manager 1.18 on"
      : `privateKey.rotationPolicy is ${policy}`;
  return `${why}: a CA with a new key, because ${reason}; ${until}; no leaf is re-issued for that`;
}

function performSync(state: State, name: string, now: number): Done {
  const bundle = state.world.objects.get(name);
  if (!bundle) return nothing(state, "failed sync", name, "there is no such Bundle");
  const synced = sync(state.world, bundle, now);
  if ("failed" in synced)
    return nothing(
      state,
      "failed sync",
      name,
      `${synced.failed}; every target keeps its old content`,
    );
  return {
    state: changed(state, synced.world),
    effect: { type: "sync", object: name, effect: "its targets hold what its sources hold" },
  };
}

function nothing(state: State, type: Effect["type"], object: string, effect: string): Done {
  return { state, effect: { type, object, effect } };
}

/** Knative's own part follows a change of its configuration within the second. */
export function withReferences(state: State): State {
  const world = propagate(state.world);
  return world === state.world ? state : changed(state, world);
}

/** Lets everything happen that nobody holds back, one after the other, in a fixed order. */
export function settled(
  state: State,
  now: number,
  isHeldBack: (action: Action) => boolean,
  foretold?: Foretold,
): { readonly state: State; readonly effects: readonly Effect[] } {
  const effects: Effect[] = [];
  let here = withReferences(state);
  const done = new Set<string>();
  for (;;) {
    const next = pending(here, now).find(
      (action) => !isHeldBack(action) && !done.has(JSON.stringify(action)),
    );
    if (!next) return { state: here, effects };
    if (next.type === "issue") done.add(JSON.stringify(next));
    const result = perform(here, next, now, foretold);
    here = result.state;
    effects.push(result.effect);
  }
}

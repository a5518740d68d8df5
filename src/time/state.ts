import { canonical } from "../model/json.ts";
import { nameOf, type KubeObject } from "../model/object.ts";
import { handshakes } from "../trust/facts.ts";
import {
  holdersOf,
  routingSecret,
  trustBundleLabel,
  withAuthorityOf,
  type Held,
  type Holder,
} from "./holders.ts";
import { kindsBehind } from "./kinds.ts";
import { withObjects, withoutObjects, type World } from "./world.ts";

/** The objects, and what the components still hold of earlier ones. Immutable. */
export interface State {
  readonly world: World;
  readonly held: ReadonlyMap<Holder, ReadonlyMap<string, Held>>;
}

/** Every component has loaded what is there. */
export function freshState(world: World): State {
  return { world, held: new Map() };
}

/** The state after objects have changed: who watches them still holds what was there. */
export function changed(state: State, world: World): State {
  const held = new Map(state.held);
  for (const name of changedNames(state.world, world)) {
    const before = state.world.objects.get(name);
    const after = world.objects.get(name);
    for (const one of holdersOf(world, before, after)) {
      const mine = new Map(held.get(one.holder));
      mine.set(name, heldSince(mine.get(name), one, after));
      held.set(one.holder, mine);
    }
  }
  return { world, held };
}

/** What was held before this change is still held, as far as a component keeps it apart from the rest of the object. */
function heldSince(earlier: Held | undefined, one: Held, after: KubeObject | undefined): Held {
  if (!earlier) return one;
  if (one.holder !== "kourier" || !after || !earlier.object || after.kind !== "Secret")
    return { ...earlier, within: Math.min(earlier.within, one.within) };
  return { ...earlier, object: withAuthorityOf(earlier.object, after) };
}

function changedNames(before: World, after: World): readonly string[] {
  const names = new Set([...before.objects.keys(), ...after.objects.keys()]);
  return [...names].filter((name) => before.objects.get(name) !== after.objects.get(name));
}

/** A component reads everything again. */
export function reloaded(state: State, holder: Holder): State {
  const held = new Map(state.held);
  held.delete(holder);
  return { world: state.world, held };
}

/** Every component that holds something old, and the longest time it may still do so. */
export function pendingReloads(
  state: State,
): readonly { readonly holder: Holder; readonly within: number }[] {
  return [...state.held].map(([holder, objects]) => ({
    holder,
    within: Math.min(...[...objects.values()].map(({ within }) => within)),
  }));
}

/** The world as these components see it together: the trust of the dialer, the certificate of the endpoint. */
export function seenBy(state: State, holders: readonly Holder[]): World {
  const objects = holders.flatMap((holder) => [...(state.held.get(holder)?.values() ?? [])]);
  if (objects.length === 0) return state.world;
  const there = objects.flatMap(({ object }) => (object ? [object] : []));
  const gone = objects.filter(({ object }) => !object).map(({ name }) => name);
  return withObjects(withoutObjects(state.world, gone), there);
}

const ids = new Map<string, number>();
const idOfObject = new WeakMap<KubeObject, number>();

/** Equal for objects that say the same, whatever their versions and conditions. */
function contentId(object: KubeObject): number {
  const found = idOfObject.get(object);
  if (found !== undefined) return found;
  const { status: _status, metadata: _metadata, ...content } = object.raw;
  const text = canonical([
    content,
    [...object.labels].flat(),
    object.annotations.get("cert-manager.io/issuer-name") ?? "",
  ]);
  const id = ids.get(text) ?? ids.size;
  ids.set(text, id);
  idOfObject.set(object, id);
  return id;
}

const keys = new WeakMap<World, string>();
const trustKeys = new WeakMap<World, string>();

/** Equal for worlds that differ in nothing that anybody decides by. */
function worldKey(world: World): string {
  const known = keys.get(world) ?? keyOf([...world.objects.values()]);
  keys.set(world, known);
  return known;
}

/** Equal for worlds in which every verifier has the same to go by; what only signers read is left out. */
export function trustKey(world: World): string {
  const known =
    trustKeys.get(world) ??
    keyOf([...world.objects.values()].filter(({ kind }) => readByTrust.has(kind)));
  trustKeys.set(world, known);
  return known;
}

const storeKeys = new WeakMap<World, string>();

/** Equal for worlds in which every dialer trusts the same. */
export function storesKey(world: World): string {
  const { eventing } = world.origin.environment.namespaces;
  const known =
    storeKeys.get(world) ??
    keyOf(
      [...world.objects.values()].filter(
        ({ kind, namespace, name }) =>
          kind === "ConfigMap" ||
          kind === "Bundle" ||
          (kind === "Secret" && (name === routingSecret || namespace === eventing)),
      ),
    );
  storeKeys.set(world, known);
  return known;
}

/** Equal for worlds that differ in nothing but Secrets and bundles. */
export function configurationKey(world: World): string {
  return keyOf(
    [...world.objects.values()].filter(
      ({ kind, labels }) =>
        readByTrust.has(kind) &&
        kind !== "Secret" &&
        kind !== "Certificate" &&
        kind !== "Bundle" &&
        !(kind === "ConfigMap" && labels.has(trustBundleLabel)),
    ),
  );
}

/** The kinds that handshakes are decided by. */
const readByTrust: ReadonlySet<string> = new Set(kindsBehind(handshakes));

function keyOf(objects: readonly KubeObject[]): string {
  return objects
    .map((object) => `${nameOf(object)}=${String(contentId(object))}`)
    .toSorted()
    .join(" ");
}

export function stateKey({ world, held }: State): string {
  return `${worldKey(world)} | ${heldKey(held)}`;
}

function heldKey(held: State["held"]): string {
  const stale = [...held].flatMap(([holder, objects]) =>
    [...objects.values()].map(
      ({ name, object }) => `${holder}:${name}=${object ? String(contentId(object)) : "-"}`,
    ),
  );
  return stale.toSorted().join(" ");
}

/** One state for all that are equal, so that what was found out about it once stays known. */
export function interning(): (state: State) => State {
  const worlds = new Map<string, World>();
  return (state) => {
    const key = worldKey(state.world);
    const known = worlds.get(key);
    if (!known) worlds.set(key, state.world);
    return known && known !== state.world ? { ...state, world: known } : state;
  };
}

import { secretNameOf } from "../model/certmanager/certificate.ts";
import { makeInventory, type Inventory } from "../model/inventory.ts";
import type { Changes } from "../model/changes.ts";
import type { JsonObject } from "../model/json.ts";
import type { Kind } from "../model/kinds.ts";
import { makeObject, nameOf, type KubeObject } from "../model/object.ts";
import type { Ask, Fact } from "../model/fact.ts";
import { kindsOfTime } from "./kinds.ts";

/** All objects at one instant of a simulation. Immutable: what happens makes another world. */
export interface World {
  /** The inventory that the simulation began with: what is not an object stays as it says. */
  readonly origin: Inventory;
  readonly objects: ReadonlyMap<string, KubeObject>;
}

export function worldOf(
  origin: Inventory,
  keep: (object: KubeObject) => boolean = () => true,
): World {
  const objects = kindsOfTime.flatMap((kind) => origin.all(kind).filter(keep));
  return { origin, objects: new Map(objects.map((object) => [nameOf(object), object])) };
}

/** The world with these objects in the place of those of the same name. */
export function withObjects(world: World, changed: Iterable<KubeObject>): World {
  const objects = new Map(world.objects);
  for (const object of changed) objects.set(nameOf(object), object);
  return { origin: world.origin, objects };
}

export function withoutObjects(world: World, names: readonly string[]): World {
  const objects = new Map(world.objects);
  for (const name of names) objects.delete(name);
  return { origin: world.origin, objects };
}

export function objectIn(
  world: World,
  kind: Kind,
  namespace: string,
  name: string,
): KubeObject | undefined {
  return world.objects.get(nameOf({ kind, namespace, name }));
}

/** The Secret that a Certificate writes. */
export function secretOf(world: World, certificate: KubeObject): KubeObject | undefined {
  return objectIn(world, "Secret", certificate.namespace, secretNameOf(certificate));
}

export function objectsIn(world: World, kind: Kind): readonly KubeObject[] {
  return inventoryOf(world).all(kind);
}

/** The object with other content; what the API server keeps of it stays. */
export function rewritten(object: KubeObject, raw: JsonObject): KubeObject {
  return {
    ...makeObject(object.kind, raw, object.provenance, object.namespace, object.nested),
    uid: object.uid,
  };
}

const inventories = new WeakMap<World, Inventory>();

/** The world as everything that judges an inventory wants it. */
export function inventoryOf(world: World): Inventory {
  const made = inventories.get(world);
  if (made) return made;
  const { origin } = world;
  const inventory = makeInventory({
    world: origin.world,
    environment: origin.environment,
    objects: world.objects.values(),
    knowledge: (kind, namespace) => origin.knowledge(kind, namespace),
    files: origin.files,
  });
  inventories.set(world, inventory);
  return inventory;
}

/** The world of everything in an inventory, which has these facts of it already; an earlier one lends its objects. */
export function wholeWorld(
  origin: Inventory,
  known: readonly Fact<unknown>[],
  ask: Ask,
  before?: { readonly world: World; readonly changes: Changes },
): World {
  const world = before ? changedWorld(before.world, origin, before.changes) : worldOf(origin);
  inventories.set(world, origin);
  answers.set(origin, new Map(known.map((fact) => [fact, ask(fact)])));
  return world;
}

function changedWorld(
  { origin: before, objects: had }: World,
  origin: Inventory,
  changes: Changes,
): World {
  const objects = new Map(had);
  for (const [kind, namespaces] of changes)
    for (const namespace of namespaces) {
      for (const object of before.within(kind, namespace)) objects.delete(nameOf(object));
      for (const object of origin.within(kind, namespace)) objects.set(nameOf(object), object);
    }
  return { origin, objects };
}

const answers = new WeakMap<Inventory, Map<Fact<unknown>, unknown>>();

/** Asks facts of an inventory; each is derived once. */
export function asking(inventory: Inventory): Ask {
  const values = answers.get(inventory) ?? new Map<Fact<unknown>, unknown>();
  answers.set(inventory, values);
  const ask = <T>(fact: Fact<T>): T => {
    if (!values.has(fact)) values.set(fact, fact.derive(inventory, ask));
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the map holds under each fact what it derived
    return values.get(fact) as T;
  };
  return ask;
}

/** Lets an inventory take over what a fact says of another one, where nothing that the fact reads differs. */
export function takeOver(from: Inventory, to: Inventory, facts: readonly Fact<unknown>[]): void {
  const values = answers.get(to) ?? new Map<Fact<unknown>, unknown>();
  answers.set(to, values);
  for (const fact of facts) values.set(fact, asking(from)(fact));
}

import type { Environment } from "./environment.ts";
import { canonical } from "./json.ts";
import { everyKind, type Kind } from "./kinds.ts";
import { nameOf, observed, type KubeObject, type ObjectRef } from "./object.ts";
import type { Place } from "./place.ts";

/** How much of a kind the inventory holds. Only `complete` allows to say that an object does not exist. */
export type Knowledge =
  | { readonly state: "complete" }
  | { readonly state: "partial"; readonly why: string; readonly rbac?: string }
  /** Nothing of it could be read; `rbac` is the rule of a ClusterRole that would mend it. */
  | {
      readonly state: "absent";
      readonly why: string;
      readonly rbac?: string;
      /** False where nobody wanted it. */
      readonly asked?: false;
    };

/** A kind of which a cluster did not give everything. */
export interface Unanswered {
  readonly kind: Kind;
  readonly why: string;
  /** The right that is missing. */
  readonly rbac?: string;
}

/** The answer to "is there such an object?". */
export type Lookup =
  | { readonly state: "found"; readonly object: KubeObject }
  /** The user said that it exists elsewhere. */
  | { readonly state: "assumed" }
  | { readonly state: "missing" }
  | { readonly state: "unknown"; readonly why: string };

/** The same object written twice; the later one is in the inventory, as after `kubectl apply` of all files in order. */
export interface Duplicate {
  readonly first: KubeObject;
  readonly second: KubeObject;
  readonly same: boolean;
}

/**
 * broken: not YAML or JSON. template: text for Helm, ytt, jsonnet or Go. duplicate-key: the last of several wins.
 * separator: text behind `---`, which kubectl refuses. incomplete: an object without kind, apiVersion or name.
 * unknown-resource: an API server has no such kind. tool: a program that is needed is missing or failed.
 * refused: too large, or it would need the network. unreadable: the file system said no.
 */
export type ReadingProblemType =
  | "broken"
  | "template"
  | "duplicate-key"
  | "separator"
  | "incomplete"
  | "unknown-resource"
  | "tool"
  | "refused"
  | "unreadable";

/** Something in the input that could not be read, or not be read as an object. */
export interface ReadingProblem {
  readonly type: ReadingProblemType;
  readonly place: Place;
  readonly message: string;
  /** True where the user named the file itself, not a directory above it. */
  readonly named: boolean;
}

/** Everything known about one world: one cluster, or one set of manifests meant for one. Immutable. */
export interface Inventory {
  readonly world: string;
  readonly environment: Environment;
  readonly duplicates: readonly Duplicate[];
  readonly problems: readonly ReadingProblem[];
  /** The files that objects or problems came from. */
  readonly files: readonly string[];
  /** True where the objects were asked of a cluster. */
  readonly live: boolean;
  /** Kinds that were asked for and not given, or not all. */
  readonly unanswered: readonly Unanswered[];
  /** True when any object was read from an API server or a dump of one. */
  readonly hasObserved: boolean;
  /** Objects that the user says exist elsewhere. */
  readonly assumed: readonly ObjectRef[];
  /** Objects that exist and were not read, by `nameOf`, and why. */
  readonly unread: ReadonlyMap<string, string>;
  /** Sorted by namespace and name. */
  all(kind: Kind): readonly KubeObject[];
  /** Those of one namespace, sorted by name. */
  within(kind: Kind, namespace: string): readonly KubeObject[];
  find(kind: Kind, namespace: string, name: string): KubeObject | undefined;
  knowledge(kind: Kind, namespace?: string): Knowledge;
  lookup(kind: Kind, namespace: string, name: string): Lookup;
}

export interface InventoryParts {
  readonly world: string;
  readonly environment: Environment;
  readonly objects: Iterable<KubeObject>;
  readonly knowledge: (kind: Kind, namespace?: string) => Knowledge;
  /** Objects that the user says exist elsewhere. */
  readonly assumed?: readonly ObjectRef[];
  readonly problems?: readonly ReadingProblem[];
  readonly files?: readonly string[];
  /** Objects that exist and were not read, by `nameOf`, and why. */
  readonly unread?: ReadonlyMap<string, string>;
  /** The objects are those of a cluster, even where there is none. */
  readonly live?: boolean;
  /** Where it is known without looking at the objects. */
  readonly hasObserved?: boolean;
  /** Kinds of which it held the same objects need not be sorted again. */
  readonly before?: Inventory | undefined;
}

export function makeInventory(parts: InventoryParts): Inventory {
  const before = parts.before && shelvesOf.get(parts.before);
  const shelves = new Map(
    [...group(parts.objects)].map(([kind, objects]): [Kind, Shelf] => {
      const had = before?.get(kind);
      return [kind, had && hasAll(had, objects) ? had : shelf(objects)];
    }),
  );
  const duplicates = [...shelves.values()].flatMap((one) => one.duplicates);
  const assumed = new Set((parts.assumed ?? []).map(nameOf));

  const find = (kind: Kind, namespace: string, name: string) => {
    const mine = shelves.get(kind);
    return mine && findOn(mine, namespace, name);
  };
  const inventory: Inventory = {
    world: parts.world,
    environment: parts.environment,
    duplicates,
    problems: parts.problems ?? [],
    files: parts.files ?? [],
    assumed: parts.assumed ?? [],
    unread: parts.unread ?? new Map(),
    live: parts.live ?? false,
    unanswered: parts.live ? unansweredIn(parts.knowledge) : [],
    hasObserved:
      parts.hasObserved ??
      (parts.live || [...shelves.values()].some(({ sorted }) => sorted.some(observed))),
    all: (kind) => shelves.get(kind)?.sorted ?? [],
    within(kind, namespace) {
      const mine = shelves.get(kind);
      const space = mine?.spaces.get(namespace);
      return mine && space ? mine.sorted.slice(space.start, space.end) : [];
    },
    find,
    knowledge: parts.knowledge,
    lookup(kind, namespace, name) {
      const object = find(kind, namespace, name);
      if (object) return { state: "found", object };
      if (assumed.has(nameOf({ kind, namespace, name }))) return { state: "assumed" };
      const unread = parts.unread?.get(nameOf({ kind, namespace, name }));
      if (unread !== undefined) return { state: "unknown", why: unread };
      const knowledge = parts.knowledge(kind, namespace);
      return knowledge.state === "complete"
        ? { state: "missing" }
        : { state: "unknown", why: knowledge.why };
    },
  };
  shelvesOf.set(inventory, shelves);
  return inventory;
}

const shelvesOf = new WeakMap<Inventory, ReadonlyMap<Kind, Shelf>>();

/** All objects of one kind, and where among them those of each namespace stand. */
interface Shelf {
  /** As they were given. */
  readonly given: readonly KubeObject[];
  readonly duplicates: readonly Duplicate[];
  readonly sorted: readonly KubeObject[];
  readonly spaces: ReadonlyMap<string, Space>;
}

interface Space {
  readonly start: number;
  end: number;
}

/** Of several objects with one name the last one stays. */
function shelf(given: readonly KubeObject[]): Shelf {
  const duplicates: Duplicate[] = [];
  const sorted: KubeObject[] = [];
  const spaces = new Map<string, Space>();
  let space: Space | undefined;
  for (const object of given.toSorted(byNamespaceAndName)) {
    const last = sorted.at(-1);
    if (last && byNamespaceAndName(last, object) === 0) {
      const same = canonical(last.raw) === canonical(object.raw);
      duplicates.push({ first: last, second: object, same });
      sorted.pop();
    }
    if (!space || last?.namespace !== object.namespace) {
      space = { start: sorted.length, end: sorted.length };
      spaces.set(object.namespace, space);
    }
    space.end = sorted.push(object);
  }
  return { given, duplicates, sorted, spaces };
}

function hasAll({ given }: Shelf, objects: readonly KubeObject[]): boolean {
  return given.length === objects.length && given.every((one, i) => one === objects[i]);
}

function findOn(
  { sorted, spaces }: Shelf,
  namespace: string,
  name: string,
): KubeObject | undefined {
  const space = spaces.get(namespace);
  if (!space) return undefined;
  const found = sorted[firstWhere(sorted, (one) => one.name >= name, space.start, space.end)];
  return found?.namespace === namespace && found.name === name ? found : undefined;
}

function unansweredIn(knowledge: InventoryParts["knowledge"]): readonly Unanswered[] {
  return everyKind.flatMap((kind) => {
    const known = knowledge(kind);
    if (known.state === "complete" || ("asked" in known && !(known.asked ?? true))) return [];
    const { why } = known;
    return [
      { kind, why, ...("rbac" in known && known.rbac !== undefined && { rbac: known.rbac }) },
    ];
  });
}

function group(objects: Iterable<KubeObject>): ReadonlyMap<Kind, readonly KubeObject[]> {
  const groups = new Map<Kind, KubeObject[]>(everyKind.map((kind) => [kind, []]));
  for (const object of objects) groups.get(object.kind)?.push(object);
  return groups;
}

function byNamespaceAndName(a: ObjectRef, b: ObjectRef): number {
  return compare(a.namespace, b.namespace) || compare(a.name, b.name);
}

/** By bisection: what does not hold never holds after something that does. */
function firstWhere(
  sorted: readonly KubeObject[],
  holds: (one: KubeObject) => boolean,
  from = 0,
  to = sorted.length,
): number {
  let [low, high] = [from, to];
  while (low < high) {
    const middle = (low + high) >>> 1;
    const one = sorted[middle];
    if (one && holds(one)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Code unit order, the same on every machine and in every locale. */
export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

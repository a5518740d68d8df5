import { compare, type Inventory } from "./inventory.ts";
import { everyKind, isKind, type Kind } from "./kinds.ts";
import type { KubeObject } from "./object.ts";
import { isAlike } from "./keep-alike.ts";

/** What became of one inventory: of each kind that changed, the namespaces in which; "" is that of cluster-scoped objects. */
export type Changes = ReadonlyMap<Kind, ReadonlySet<string>>;

/**
 * What differs between two inventories of one world, object by object as they are the same in memory or not. Undefined
 * where something else differs too, so that nothing that was found out about the first may be said of the second.
 */
export function changesBetween(before: Inventory, after: Inventory): Changes | undefined {
  if (!isOfSameMake(before, after)) return undefined;
  const changes = new Map<Kind, Set<string>>();
  const add = (kind: Kind, namespace: string) => {
    const namespaces = changes.get(kind) ?? new Set();
    changes.set(kind, namespaces.add(namespace));
  };
  for (const kind of everyKind)
    differences(before.all(kind), after.all(kind), ({ namespace }) => add(kind, namespace));
  for (const name of unlike(before.unread, after.unread)) {
    const [kind = "", ...rest] = name.split("/");
    if (isKind(kind)) add(kind, rest.length > 1 ? (rest[0] ?? "") : "");
  }
  return changes;
}

/** All but the objects: how they were read, and what is known of those that were not. */
function isOfSameMake(before: Inventory, after: Inventory): boolean {
  const parts = ["world", "environment", "live", "hasObserved", "assumed", "problems"] as const;
  return (
    before.knowledge === after.knowledge &&
    before.duplicates.length + after.duplicates.length === 0 &&
    parts.every((part) => isAlike(before[part], after[part]))
  );
}

/** Both lists are sorted by namespace and name. */
function differences(
  before: readonly KubeObject[],
  after: readonly KubeObject[],
  differs: (object: KubeObject) => void,
): void {
  if (before === after) return;
  for (let i = 0, k = 0; i < before.length || k < after.length;) {
    const [old, now] = [before[i], after[k]];
    if (old === now) {
      i++;
      k++;
      continue;
    }
    const order = orderOf(old, now);
    if (order <= 0) i++;
    if (order >= 0) k++;
    for (const one of [order <= 0 ? old : undefined, order >= 0 ? now : undefined])
      if (one) differs(one);
  }
}

function orderOf(old: KubeObject | undefined, now: KubeObject | undefined): number {
  if (!old) return 1;
  if (!now) return -1;
  return compare(old.namespace, now.namespace) || compare(old.name, now.name);
}

/** The keys under which two maps differ. */
function unlike(
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): readonly string[] {
  if (before === after) return [];
  return [
    ...[...before].flatMap(([key, value]) => (after.get(key) === value ? [] : [key])),
    ...[...after.keys()].filter((key) => !before.has(key)),
  ];
}

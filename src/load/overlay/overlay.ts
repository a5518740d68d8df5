import { makeInventory, type Inventory, type ReadingProblem } from "../../model/inventory.ts";
import { everyKind } from "../../model/kinds.ts";
import { nameOf, type KubeObject, type ObjectRef } from "../../model/object.ts";
import { applyAll } from "./apply.ts";
import { removeAll } from "./remove.ts";

/** A change that nobody has made yet. */
export interface Change {
  readonly manifests: readonly KubeObject[];
  readonly problems: readonly ReadingProblem[];
  readonly files: readonly string[];
  /** Where manifests go that name no namespace. */
  readonly namespace: string;
  readonly removed: readonly ObjectRef[];
}

/** The same world after the change: the manifests applied, then the objects removed. */
export function changed(before: Inventory, change: Change): Inventory {
  const present = everyKind.flatMap((kind) => before.all(kind));
  const after = removeAll(applyAll(present, change.manifests, change.namespace), change.removed);
  const removed = new Set(change.removed.map(nameOf));
  return makeInventory({
    world: before.world,
    environment: before.environment,
    assumed: before.assumed.filter((ref) => !removed.has(nameOf(ref))),
    objects: after,
    // What was removed is known to be gone.
    knowledge: (kind, namespace) => before.knowledge(kind, namespace),
    unread: new Map([...before.unread].filter(([name]) => !removed.has(name))),
    live: before.live,
    hasObserved: before.hasObserved,
    files: [...before.files, ...change.files],
    problems: [...before.problems, ...change.problems],
  });
}

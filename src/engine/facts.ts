import type { Ask, Fact, Source } from "../model/fact.ts";
import type { Inventory } from "../model/inventory.ts";
import type { Kind } from "../model/kinds.ts";

/** Asks facts of one inventory; each is derived once, from nothing but what it declares. */
export function factsOf(inventory: Inventory): Ask {
  const values = new Map<Fact<unknown>, unknown>();
  const ask = <T>(fact: Fact<T>): T => {
    if (!values.has(fact))
      values.set(fact, fact.derive(only(inventory, fact.reads, fact.name), allowed(fact)));
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the map holds under each fact what it derived
    return values.get(fact) as T;
  };
  const allowed =
    (by: Fact<unknown>): Ask =>
    (fact) => {
      if (!by.from.includes(fact))
        throw new Error(`fact ${by.name} reads fact ${fact.name} without declaring it`);
      return ask(fact);
    };
  return ask;
}

/** The inventory, refusing every kind that is not declared. */
export function only(inventory: Inventory, reads: readonly string[], who: string): Source {
  const declared = new Set<string>(reads);
  const guard = (kind: Kind) => {
    if (!declared.has(kind)) throw new Error(`${who} reads ${kind} without declaring it`);
  };
  return {
    ...inventory,
    all(kind) {
      guard(kind);
      return inventory.all(kind);
    },
    find(kind, namespace, name) {
      guard(kind);
      return inventory.find(kind, namespace, name);
    },
    knowledge(kind, namespace) {
      guard(kind);
      return inventory.knowledge(kind, namespace);
    },
    lookup(kind, namespace, name) {
      guard(kind);
      return inventory.lookup(kind, namespace, name);
    },
  };
}

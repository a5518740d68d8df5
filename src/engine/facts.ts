import type { Ask, Fact, Source } from "../model/fact.ts";
import type { Inventory } from "../model/inventory.ts";
import type { Kind } from "../model/kinds.ts";

/** The facts of one inventory, each derived once, from nothing but what it declares. */
export interface Facts {
  readonly ask: Ask;
  /** Kinds that could not be read, or not everywhere, and that the fact looked at: its value may lack what they hold. */
  readonly unread: (fact: Fact<unknown>) => ReadonlySet<Kind>;
}

export function factsOf(inventory: Inventory): Ask {
  return factTable(inventory).ask;
}

export function factTable(inventory: Inventory): Facts {
  const values = new Map<Fact<unknown>, unknown>();
  const unread = new Map<Fact<unknown>, Set<Kind>>();
  const ask = <T>(fact: Fact<T>): T => {
    if (!values.has(fact)) {
      const missed = new Set<Kind>();
      unread.set(fact, missed);
      const source = only(inventory, fact.reads, fact.name, (kind) => missed.add(kind));
      values.set(fact, fact.derive(source, allowed(fact, missed)));
    }
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the map holds under each fact what it derived
    return values.get(fact) as T;
  };
  const allowed =
    (by: Fact<unknown>, missed: Set<Kind>): Ask =>
    (fact) => {
      if (!by.from.includes(fact))
        throw new Error(`fact ${by.name} reads fact ${fact.name} without declaring it`);
      const value = ask(fact);
      for (const kind of unread.get(fact) ?? []) missed.add(kind);
      return value;
    };
  return { ask, unread: (fact) => unread.get(fact) ?? new Set() };
}

/**
 * The inventory, refusing every kind that is not declared; `missed` hears of kinds that could not be read, and of
 * those that could be read in some namespaces only, where all of them are wanted.
 */
export function only(
  inventory: Inventory,
  reads: readonly string[],
  who: string,
  missed: (kind: Kind) => void,
): Source {
  const declared = new Set<string>(reads);
  const look = (kind: Kind, namespace?: string) => {
    if (!declared.has(kind)) throw new Error(`${who} reads ${kind} without declaring it`);
    if (inventory.knowledge(kind, namespace).state === "absent") missed(kind);
  };
  return {
    ...inventory,
    all(kind) {
      look(kind);
      const knowledge = inventory.knowledge(kind);
      if (knowledge.state === "partial" && knowledge.rbac !== undefined) missed(kind);
      return inventory.all(kind);
    },
    find(kind, namespace, name) {
      look(kind, namespace);
      return inventory.find(kind, namespace, name);
    },
    knowledge(kind, namespace) {
      look(kind, namespace);
      return inventory.knowledge(kind, namespace);
    },
    lookup(kind, namespace, name) {
      look(kind, namespace);
      return inventory.lookup(kind, namespace, name);
    },
  };
}

import type { Changes } from "../model/changes.ts";
import type { Ask, Before, Fact, Source } from "../model/fact.ts";
import type { Inventory } from "../model/inventory.ts";
import { keepAlike } from "../model/keep-alike.ts";
import type { Kind } from "../model/kinds.ts";
import { facts, isDerived, type FactName } from "../rule/facts.ts";

/** The facts of one inventory, each derived once, from nothing but what it declares. */
export interface Facts {
  readonly ask: Ask;
  /** Kinds that could not be read, or not everywhere, and that the fact looked at: its value may lack what they hold. */
  readonly unread: (fact: Fact<unknown>) => ReadonlySet<Kind>;
}

export interface FactTable extends Facts {
  /** All that were asked for. */
  readonly derived: ReadonlyMap<Fact<unknown>, Derived>;
  /** Lets go of the facts before: what is asked for from now on is derived anew. */
  readonly forget: () => void;
}

interface Derived {
  readonly value: unknown;
  readonly unread: ReadonlySet<Kind>;
}

/** The facts of an earlier inventory of the same world, and what has changed since. */
export interface FactsBefore {
  readonly derived: ReadonlyMap<Fact<unknown>, Derived>;
  readonly changes: Changes;
}

export function factsOf(inventory: Inventory): Ask {
  return factTable(inventory).ask;
}

/** With `before`, a fact that says the same as it did is the very same value. */
export function factTable(inventory: Inventory, past?: FactsBefore): FactTable {
  let before = past;
  const derived = new Map<Fact<unknown>, Derived>();
  const entry = (fact: Fact<unknown>): Derived => {
    const known = derived.get(fact);
    if (known) return known;
    const old = before?.derived.get(fact);
    const made =
      before && old && isUnchanged(fact, before)
        ? old
        : derive(fact, old && before && { value: old.value, changes: among(fact, before.changes) });
    derived.set(fact, made);
    return made;
  };
  const isUnchanged = (fact: Fact<unknown>, { changes, derived: had }: FactsBefore) =>
    fact.reads.every((kind) => !changes.has(kind)) &&
    fact.from.every((other) => {
      const old = had.get(other);
      return old !== undefined && old.value === entry(other).value;
    });
  const derive = (fact: Fact<unknown>, old: Before<unknown> | undefined): Derived => {
    const unread = new Set<Kind>();
    const looked: Looked = (kind, namespace, isList) => {
      if (isBlind(inventory, kind, namespace, isList)) unread.add(kind);
    };
    const allowed: Ask = (other) => {
      if (!fact.from.includes(other))
        throw new Error(`fact ${fact.name} reads fact ${other.name} without declaring it`);
      const { value, unread: missed } = entry(other);
      for (const kind of missed) unread.add(kind);
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the map holds under each fact what it derived
      return value as ReturnType<typeof other.derive>;
    };
    const value = fact.derive(only(inventory, fact.reads, fact.name, looked), allowed, old);
    return { value: old ? keepAlike(old.value, value) : value, unread };
  };
  return {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- as above
    ask: <T>(fact: Fact<T>) => entry(fact).value as T,
    unread: (fact) => derived.get(fact)?.unread ?? new Set(),
    derived,
    forget() {
      before = undefined;
    },
  };
}

function among({ reads }: Fact<unknown>, changes: Changes): Changes {
  return new Map([...changes].filter(([kind]) => reads.includes(kind)));
}

/** Tells, by the name of a fact, whether its value differs from the one before. */
export function otherFacts(now: FactTable, before: FactTable): (name: FactName) => boolean {
  const known = new Map<FactName, boolean>();
  const differs = (name: FactName): boolean => {
    if (!isDerived(name)) return true;
    const fact: Fact<unknown> = facts[name];
    const old = before.derived.get(fact);
    if (!old) return true;
    try {
      const value = now.ask(fact);
      return fact.byNamespace ? !fact.byNamespace.isAlike(old.value, value) : old.value !== value;
    } catch {
      // The rule that asks for it will be told why.
      return true;
    }
  };
  return (name) => {
    const answer = known.get(name) ?? differs(name);
    known.set(name, answer);
    return answer;
  };
}

/** Hears of each look at a kind, in one namespace or in all of them; with `isList` at every object there. */
export type Looked = (kind: Kind, namespace: string | undefined, isList: boolean) => void;

/** True for a look at what could not be read, and for a list of what could be read in some namespaces only. */
export function isBlind(
  inventory: Inventory,
  ...[kind, namespace, isList]: Parameters<Looked>
): boolean {
  const knowledge = inventory.knowledge(kind, namespace);
  if (knowledge.state === "absent") return true;
  return isList && knowledge.state === "partial" && knowledge.rbac !== undefined;
}

/** The inventory, refusing every kind that is not declared. */
export function only(
  inventory: Inventory,
  reads: readonly string[],
  who: string,
  looked: Looked,
): Source {
  const declared = new Set<string>(reads);
  const look = (kind: Kind, namespace: string | undefined, isList = false) => {
    if (!declared.has(kind)) throw new Error(`${who} reads ${kind} without declaring it`);
    looked(kind, namespace, isList);
  };
  return {
    ...inventory,
    all(kind) {
      look(kind, undefined, true);
      return inventory.all(kind);
    },
    within(kind, namespace) {
      look(kind, namespace, true);
      return inventory.within(kind, namespace);
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

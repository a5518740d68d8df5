import type { Changes } from "../model/changes.ts";
import type { Inventory } from "../model/inventory.ts";
import type { Kind } from "../model/kinds.ts";
import type { FactName } from "../rule/facts.ts";
import { isBlind } from "./facts.ts";
import type { Witness } from "./view.ts";

/** What a rule looked at while it judged one subject, or while it listed them. */
export interface Reads {
  /** Namespaces into which it looked; "" is that of cluster-scoped objects. */
  readonly namespaces: readonly string[];
  /** Kinds of which it looked at every object, wherever they are. */
  readonly lists: readonly Kind[];
  readonly facts: readonly FactName[];
}

/** What is different from an earlier run. */
export interface Difference {
  readonly changes: Changes;
  readonly isOtherFact: (name: FactName) => boolean;
}

/** True where everything that was looked at is as it was. `touched`: namespaces in which kinds of the rule changed. */
export function isAsItWas(
  { namespaces, lists, facts }: Reads,
  touched: ReadonlySet<string>,
  { changes, isOtherFact }: Difference,
): boolean {
  return (
    !namespaces.some((namespace) => touched.has(namespace)) &&
    !lists.some((kind) => changes.has(kind)) &&
    !facts.some(isOtherFact)
  );
}

/** Notes what is looked at, from one `begin` to the next. */
export interface Recorder extends Witness {
  readonly begin: () => void;
  readonly reads: () => Reads;
  /** Kinds that were looked at, by the rule itself or through facts, and that could not be read. */
  readonly missed: ReadonlySet<Kind>;
}

const nothing: Reads = { namespaces: [], lists: [], facts: [] };

/** Without `keep` nobody asks for the reads. */
export function recorder(inventory: Inventory, keep: boolean): Recorder {
  const missed = new Set<Kind>();
  const namespaces = new Set<string>();
  const lists = new Set<Kind>();
  const facts = new Set<FactName>();
  // Most subjects of a rule share what they look at with their neighbours.
  const known = new Map<string, Reads>();
  return {
    missed,
    looked(kind, namespace, isList) {
      if (isBlind(inventory, kind, namespace, isList)) missed.add(kind);
      if (namespace !== undefined) namespaces.add(namespace);
      else if (isList) lists.add(kind);
    },
    asked(fact, unread) {
      facts.add(fact);
      for (const kind of unread) missed.add(kind);
    },
    askedWithin(namespace) {
      namespaces.add(namespace);
    },
    begin() {
      for (const seen of [missed, namespaces, lists, facts]) seen.clear();
    },
    reads() {
      if (!keep) return nothing;
      const key = [namespaces, lists, facts].map((seen) => [...seen].join()).join(" ");
      const made = known.get(key) ?? {
        namespaces: [...namespaces],
        lists: [...lists],
        facts: [...facts],
      };
      known.set(key, made);
      return made;
    },
  };
}

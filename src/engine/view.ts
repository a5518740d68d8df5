import type { Fact } from "../model/fact.ts";
import type { Inventory } from "../model/inventory.ts";
import type { Kind } from "../model/kinds.ts";
import { nameOf } from "../model/object.ts";
import { facts, isDerived, type FactName, type FactTypes } from "../rule/facts.ts";
import { NotEvaluated, type Rule, type View } from "../rule/rule.ts";
import type { Suppression } from "../rule/suppression.ts";
import { only, type Facts, type Looked } from "./facts.ts";

export interface Scene {
  readonly inventory: Inventory;
  readonly facts: Facts;
  readonly now: Date;
  /** Known only once the other rules have run. */
  readonly suppressions: readonly Suppression[];
}

/** Hears of everything that a rule looks at. */
export interface Witness {
  readonly looked: Looked;
  /** `unread`: kinds that could not be read, and that the fact looked at. */
  readonly asked: (fact: FactName, unread: ReadonlySet<Kind>) => void;
  /** A fact was asked about a namespace. */
  readonly askedWithin: (namespace: string) => void;
}

/** What one rule sees of one world. Reading what it did not declare is a fault of the rule and ends it. */
export function makeView(scene: Scene, rule: Rule, witness: Witness): View {
  const { inventory, now } = scene;
  const source = only(inventory, rule.reads, `rule ${rule.code}`, witness.looked);
  const ask = (name: FactName, fact: Fact<unknown>): unknown => {
    const value = scene.facts.ask(fact);
    witness.asked(name, scene.facts.unread(fact));
    return fact.byNamespace ? fact.byNamespace.watched(value, witness.askedWithin) : value;
  };
  return {
    now,
    environment: inventory.environment,
    hasObserved: inventory.hasObserved,
    all: (kind) => source.all(kind),
    within: (kind, namespace) => source.within(kind, namespace),
    find: (kind, namespace, name) => source.find(kind, namespace, name),
    lookup: (kind, namespace, name) => source.lookup(kind, namespace, name),
    complete: (kind, namespace) => source.knowledge(kind, namespace).state === "complete",
    expect(kind, namespace, name) {
      const answer = source.lookup(kind, namespace, name);
      if (answer.state === "found") return answer.object;
      if (answer.state === "missing") return undefined;
      const what = nameOf({ kind, namespace, name });
      return notEvaluated(
        answer.state === "assumed"
          ? `${what} is assumed to exist elsewhere`
          : `${what}: ${answer.why}`,
      );
    },
    fact(name) {
      if (!rule.reads.includes(name))
        throw new Error(`rule ${rule.code} reads fact ${name} without declaring it`);
      const value = isDerived(name) ? ask(name, facts[name]) : scene.suppressions;
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the table of facts and their types are one
      return value as FactTypes[typeof name];
    },
    need(known) {
      return known.known ? known.value : notEvaluated(known.why);
    },
    notEvaluated,
  };
}

function notEvaluated(why: string): never {
  throw new NotEvaluated(why);
}

import type { Fact } from "../model/fact.ts";
import { everyKind, isKind, type Kind } from "../model/kinds.ts";
import { facts, isDerived } from "../rule/facts.ts";
import type { Rule } from "../rule/rule.ts";

/** Every kind that these rules and facts can see, be it through facts: what must be read of a cluster, and no more. */
export function kindsReadBy(
  rules: readonly Pick<Rule, "reads">[],
  asked: readonly Fact<unknown>[] = [],
): readonly Kind[] {
  const names = rules.flatMap(({ reads }) => reads);
  const derived = names.filter(isDerived).map((name) => facts[name]);
  const direct = names.filter((name) => isKind(name));
  return sorted(new Set([...direct, ...kindsBehind([...derived, ...asked])]));
}

/** Every kind that facts are derived from, be it through other facts. */
export function kindsReadByFact(fact: Fact<unknown>): readonly Kind[] {
  return sorted(kindsBehind([fact]));
}

function kindsBehind(wanted: readonly Fact<unknown>[]): ReadonlySet<Kind> {
  const found = new Set<Kind>();
  const seen = new Set<Fact<unknown>>();
  const follow = (fact: Fact<unknown>) => {
    if (seen.has(fact)) return;
    seen.add(fact);
    for (const kind of fact.reads) found.add(kind);
    for (const other of fact.from) follow(other);
  };
  for (const fact of wanted) follow(fact);
  return found;
}

function sorted(found: ReadonlySet<Kind>): readonly Kind[] {
  return everyKind.filter((kind) => found.has(kind));
}

import type { Fact } from "../model/fact.ts";
import { everyKind, isKind, type Kind } from "../model/kinds.ts";
import { facts, isDerived } from "../rule/facts.ts";
import type { Rule } from "../rule/rule.ts";

/** Every kind that these rules can see, be it through facts: what must be read of a cluster for them, and no more. */
export function kindsReadBy(rules: readonly Pick<Rule, "reads">[]): readonly Kind[] {
  const found = new Set<Kind>();
  const seen = new Set<Fact<unknown>>();
  const follow = (fact: Fact<unknown>) => {
    if (seen.has(fact)) return;
    seen.add(fact);
    for (const kind of fact.reads) found.add(kind);
    for (const other of fact.from) follow(other);
  };
  for (const name of rules.flatMap(({ reads }) => reads)) {
    if (isKind(name)) found.add(name);
    else if (isDerived(name)) follow(facts[name]);
  }
  return everyKind.filter((kind) => found.has(kind));
}

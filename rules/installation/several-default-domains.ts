import { defineRule, examples, placeOf, workingDomains } from "../../src/rule/index.ts";

export default defineRule({
  code: "KC127",
  id: "several-default-domains",
  summary: "several domains have no selector: only the first by name is ever used for routes",
  severity: "warning",
  since: "0.1.0",
  citation: "knative/serving pkg/reconciler/route/config/domain.go LookupDomainForLabels",
  reads: ["config"],
  messages: {
    shadowed: {
      says: "{names} and {winner} are both without a selector: every route that nothing else selects gets {winner}, the first by name",
      breaks: "no route gets a name or a certificate below {names}",
      fix: "give {names} a selector, or remove it",
    },
  },
  *subjects(view) {
    const { domains } = view.need(workingDomains(view.fact("config")));
    const defaults = domains.filter(({ selector, entry }) => selector.size === 0 && entry);
    const [winner, ...others] = defaults;
    if (winner?.entry) yield { ...winner.entry.holder, winner, others };
  },
  *check({ winner, others }, _view, fault) {
    const [first] = others;
    if (!first?.entry || !winner.entry) return;
    const related = [{ place: placeOf(winner.entry, "key"), note: "this one wins" }];
    const names = examples(others.map(({ name }) => name));
    yield fault(
      "shadowed",
      placeOf(first.entry, "key"),
      { names, winner: winner.name },
      { related },
    );
  },
});

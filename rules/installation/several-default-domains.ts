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
      says: "{all} have no selector: every route that nothing else selects gets {winner}, the first by name",
      breaks: "no route gets a name or a certificate below {names}",
      fix: "give {names} a selector, or remove it",
    },
  },
  *subjects(view) {
    const { domains, clusterLocal } = view.need(workingDomains(view.fact("config")));
    const defaults = domains.filter(({ selector, entry }) => selector.size === 0 && entry);
    const [winner, ...shadowed] = defaults;
    // Routes with the visibility label get the cluster's own domain all the same.
    const others = shadowed.filter(({ name }) => name !== clusterLocal);
    if (winner?.entry) yield { ...winner.entry.holder, winner, others };
  },
  *check({ winner, others }, _view, fault) {
    const [first] = others;
    if (!first?.entry || !winner.entry) return;
    const related = [{ place: placeOf(winner.entry, "key"), note: "this one wins" }];
    const names = examples(others.map(({ name }) => name));
    const all = examples([winner, ...others].map(({ name }) => name));
    yield fault(
      "shadowed",
      placeOf(first.entry, "key"),
      { all, names, winner: winner.name },
      { related },
    );
  },
});

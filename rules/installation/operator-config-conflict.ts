import { defineRule, observed, placeOf } from "../../src/rule/index.ts";

export default defineRule({
  code: "KC117",
  id: "operator-config-conflict",
  summary: "a KnativeServing resource and the ConfigMap it owns disagree",
  severity: "error",
  since: "0.1.0",
  citation:
    "knative/operator pkg/reconciler/common/config_maps.go UpdateConfigMap; knative/operator#834; knative/serving#12870",
  reads: ["config"],
  messages: {
    overwritten: {
      says: '{key} is "{live}" in ConfigMap {name}, but KnativeServing sets "{wanted}"',
      breaks:
        "the operator writes its value over the ConfigMap: what the ConfigMap says does not last",
      fix: "set {key} in the KnativeServing resource only",
    },
    notApplied: {
      says: 'KnativeServing sets {key} to "{wanted}", but ConfigMap {name} in the cluster {state}',
      breaks:
        "the components read the ConfigMap: the setting has no effect until the operator has applied it",
      fix: "look at the status of the KnativeServing resource and at the log of the operator",
    },
  },
  *subjects(view) {
    const { settings } = view.fact("config");
    for (const found of Object.values(settings)) {
      if (found.known && found.value?.custom && found.value.configMap)
        yield { ...found.value.custom, settings: found.value, configMap: found.value.configMap };
    }
  },
  *check({ settings: { name, conflicts, unapplied }, configMap }, _view, fault) {
    const isLive = observed(configMap);
    for (const { live, wanted } of conflicts) {
      const related = [{ place: placeOf(live), note: `what ConfigMap ${name} says` }];
      const data = { key: wanted.key, name, wanted: wanted.value ?? "" };
      if (isLive)
        yield fault(
          "notApplied",
          placeOf(wanted),
          { ...data, state: `has "${live.value ?? ""}"` },
          { related },
        );
      else
        yield fault(
          "overwritten",
          placeOf(live),
          { ...data, live: live.value ?? "" },
          { related: [{ place: placeOf(wanted), note: "what KnativeServing sets" }] },
        );
    }
    for (const entry of isLive ? unapplied : []) {
      yield fault("notApplied", placeOf(entry), {
        key: entry.key,
        name,
        wanted: entry.value ?? "",
        state: "does not have it",
      });
    }
  },
});

import { defineRule, observed, placeOf, type Entry } from "../../src/rule/index.ts";

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
      // The API server refuses what is no string; KC110 says so.
      if (live.value === undefined || wanted.value === undefined) continue;
      const data = { key: wanted.key, name, wanted: onOneLine(wanted.value) };
      const other = onOneLine(live.value);
      if (wanted.nested && data.wanted === other) continue;
      if (isLive) {
        const related = [{ place: placeOf(live), note: `what ConfigMap ${name} says` }];
        const state = `has "${other}"`;
        yield fault("notApplied", placeOf(wanted, partOf(wanted)), { ...data, state }, { related });
      } else {
        const related = [{ place: placeOf(wanted), note: "what KnativeServing sets" }];
        yield fault(
          "overwritten",
          placeOf(live, partOf(live)),
          { ...data, live: other },
          { related },
        );
      }
    }
    for (const entry of isLive ? unapplied : []) {
      if (entry.value === undefined) continue;
      yield fault("notApplied", placeOf(entry, partOf(entry)), {
        key: entry.key,
        name,
        wanted: onOneLine(entry.value),
        state: "does not have it",
      });
    }
  },
});

function onOneLine(value: string): string {
  return value.includes("\n") ? value.trim().replaceAll(/\s*\n\s*/g, ", ") : value;
}

/** What to point at: a text of several lines is better known by its key. */
function partOf({ value }: Entry): "key" | "value" {
  return value?.includes("\n") ? "key" : "value";
}

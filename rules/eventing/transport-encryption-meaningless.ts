import { defineRule, nearest, placeOf } from "../../src/rule/index.ts";

const meanings = ["disabled", "permissive", "strict"];

export default defineRule({
  code: "KC701",
  id: "transport-encryption-meaningless",
  summary: "Eventing's transport-encryption has a value that means nothing",
  severity: "error",
  since: "0.1.0",
  citation: "knative/eventing pkg/apis/feature/features.go NewFlagsConfigFromMap",
  reads: ["eventingTls"],
  messages: {
    neither: {
      says: 'transport-encryption: "{value}" is accepted by Eventing, but is neither disabled nor permissive nor strict',
      breaks:
        "nothing is encrypted, and parts that ask whether it is disabled get no for an answer",
      fix: "write permissive or strict",
    },
    refused: {
      says: "cannot parse the feature flag 'transport-encryption' = '{value}'{suggestion}",
      breaks:
        "the whole config-features is refused: running components keep the flags they had, and components that start exit",
      fix: "write disabled, permissive or strict",
    },
  },
  *subjects(view) {
    const tls = view.need(view.fact("eventingTls"));
    const holder = tls?.entry?.holder ?? tls?.settings?.configMap;
    if (tls && holder) yield { ...holder, tls };
  },
  *check({ tls: { mode, entry } }, _view, fault) {
    if (!entry || (mode !== "neither" && mode !== "refused")) return;
    const value = entry.value ?? "";
    const near = nearest(value.trim(), meanings);
    const meant = meanings.find((one) => one === value.trim().toLowerCase()) ?? near;
    if (mode === "neither") yield fault("neither", placeOf(entry), { value });
    else
      yield fault("refused", placeOf(entry), {
        value,
        suggestion: meant === undefined ? "" : `; did you mean ${meant}?`,
      });
  },
});

import { defineRule, holderOf, placeOf, removedTrustKeys } from "../../src/rule/index.ts";

export default defineRule({
  code: "KC113",
  id: "ignored-trust-key",
  summary: "a removed key suggests protection that is not there",
  severity: "warning",
  since: "0.1.0",
  citation: "knative/networking pkg/config/config.go (keys of release 1.11 and before)",
  reads: ["config"],
  messages: {
    ignored: {
      says: "{key} was removed in release 1.12 and does nothing",
      breaks:
        "the protection that it suggests is not there; only system-internal-tls encrypts traffic between activator, ingress and queue-proxy",
      fix: 'remove {key}, and set system-internal-tls: "Enabled" if the traffic shall be encrypted',
    },
  },
  *subjects(view) {
    const { settings } = view.need(view.fact("config").network);
    const holder = holderOf(settings);
    if (holder) yield { ...holder, settings };
  },
  *check({ settings }, _view, fault) {
    for (const key of removedTrustKeys) {
      const entry = settings.entries.get(key);
      if (entry) yield fault("ignored", placeOf(entry, "key"), { key });
    }
  },
});

import { defineRule, holderOf, legacyKeys, placeOf } from "../../src/rule/index.ts";

export default defineRule({
  code: "KC112",
  id: "legacy-config-key",
  summary: "an old spelling of a network setting decides, or is masked by the new one",
  severity: "warning",
  since: "0.1.0",
  citation: "knative/networking pkg/config/config.go NewConfigFromMap",
  reads: ["config"],
  messages: {
    decides: {
      says: "{old} decides: it is the old spelling of {now}",
      breaks: "a release that drops the old spelling falls back to the default without a word",
      fix: "write {now}",
    },
    masked: {
      says: "{old} is masked by {now}, which decides",
      breaks: "who changes {old} changes nothing",
      fix: "remove {old}",
    },
    deprecated: {
      says: "internal-encryption is deprecated: system-internal-tls took its place",
      breaks: "a release that drops it turns system-internal-tls off without a word",
      fix: 'write system-internal-tls: "Enabled"',
    },
  },
  *subjects(view) {
    const { settings } = view.need(view.fact("config").network);
    const holder = holderOf(settings);
    if (holder) yield { ...holder, settings };
  },
  *check({ settings: { entries } }, view, fault) {
    for (const [now, spellings] of Object.entries(legacyKeys)) {
      for (const [i, old] of spellings.entries()) {
        const entry = entries.get(old);
        if (!entry) continue;
        const winner = [now, ...spellings.slice(i + 1).toReversed()].find((key) =>
          entries.has(key),
        );
        if (winner === undefined) yield fault("decides", placeOf(entry, "key"), { old, now });
        else yield fault("masked", placeOf(entry, "key"), { old, now: winner });
      }
    }
    const { systemInternalTls } = view.need(view.fact("config").network);
    const older = systemInternalTls.entry;
    if (older?.key === "internal-encryption" && !entries.get("system-internal-tls")?.value)
      yield fault("deprecated", placeOf(older, "key"));
  },
});

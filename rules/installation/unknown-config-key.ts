import {
  defineRule,
  holderOf,
  knownKeys,
  nearest,
  placeOf,
  renamedKeys,
  type ConfigName,
} from "../../src/rule/index.ts";

const looked: readonly ConfigName[] = ["config-certmanager", "config-features", "config-network"];

export default defineRule({
  code: "KC107",
  id: "unknown-config-key",
  summary: "a key in Knative's configuration is misspelt or retired, so it does nothing",
  severity: "warning",
  since: "0.1.0",
  citation:
    "knative/serving pkg/reconciler/certificate/config/cert_manager.go; knative/networking pkg/config/config.go; knative/serving pkg/apis/config/features.go; knative-extensions/net-certmanager#627",
  reads: ["config"],
  messages: {
    misspelt: {
      says: "{name} has a key {key}, which Knative does not read; did you mean {suggestion}?",
      breaks: "the key is passed over in silence and {suggestion} keeps its default",
      fix: "write {suggestion}",
    },
    renamed: {
      says: "{name} has the key {key}, which was renamed to {now} and is not read any more",
      breaks: "the key is passed over in silence and {now} keeps its default",
      fix: "write {now}",
    },
    unknown: {
      says: "{name} has a key {key}, which no release up to 1.23 reads",
      fix: "remove it, unless a newer release reads it",
    },
  },
  *subjects(view) {
    const { settings } = view.fact("config");
    let seen = false;
    for (const name of looked) {
      const found = settings[name];
      const holder = found.known && found.value ? holderOf(found.value) : undefined;
      if (!found.known || !found.value || !holder) continue;
      seen = true;
      yield { ...holder, settings: found.value };
    }
    if (!seen) view.need(settings["config-network"]);
  },
  *check({ settings }, _view, fault) {
    const known = knownKeys(settings.name) ?? new Set();
    for (const entry of settings.entries.values()) {
      const { key } = entry;
      if (known.has(key)) continue;
      const place = placeOf(entry, "key");
      const now = renamedKeys[key];
      const suggestion = nearest(key, known);
      if (now !== undefined) yield fault("renamed", place, { name: settings.name, key, now });
      else if (suggestion !== undefined)
        yield fault("misspelt", place, { name: settings.name, key, suggestion });
      else yield fault("unknown", place, { name: settings.name, key }, { severity: "info" });
    }
  },
});

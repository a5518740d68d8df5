import {
  defineRule,
  holderOf,
  knownKeys,
  nearest,
  placeOf,
  pointer,
  renamedKeys,
  workingDomains,
  type ConfigName,
  type DomainConfig,
  type MakeFault,
  type Message,
  type Settings,
} from "../../src/rule/index.ts";

const looked: readonly ConfigName[] = [
  "config-certmanager",
  "config-domain",
  "config-features",
  "config-network",
];

const messages = {
  misspelt: {
    says: "{name} has a key {key}, which Knative does not read; did you mean {suggestion}?",
    breaks: "the key is passed over in silence: it does not set {suggestion}",
    fix: "write {suggestion}",
  },
  renamed: {
    says: "{name} has the key {key}, which was renamed to {now} and is not read any more",
    breaks: "the key is passed over in silence: it does not set {now}",
    fix: "write {now}",
  },
  unknown: {
    says: "{name} has a key {key}, which Knative 1.23 does not read",
    fix: "remove it, unless your release reads it",
  },
  inDomain: {
    says: "the value of {domain} in config-domain has a field {field}, which Knative does not read",
    breaks: "the field is passed over in silence{meaning}",
    fix: "write labels below selector; the only other field is type",
  },
} as const satisfies Readonly<Record<string, Message>>;

export default defineRule({
  code: "KC107",
  id: "unknown-config-key",
  summary: "a key in Knative's configuration is misspelt or retired, so it does nothing",
  severity: "warning",
  since: "0.1.0",
  citation:
    "knative/serving pkg/reconciler/certificate/config/cert_manager.go; knative/networking pkg/config/config.go; knative/serving pkg/apis/config/features.go; knative/serving pkg/reconciler/route/config/domain.go domainInternalConfig; knative-extensions/net-certmanager#627",
  reads: ["config"],
  messages,
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
  *check({ settings }, view, fault) {
    const known = knownKeys(settings.name);
    if (known) yield* keysIn(settings, known, fault);
    else yield* fieldsIn(view.need(workingDomains(view.fact("config"))), fault);
  },
});

type Say = MakeFault<typeof messages>;

function* keysIn({ name, entries }: Settings, known: ReadonlySet<string>, fault: Say) {
  for (const entry of entries.values()) {
    const { key } = entry;
    if (known.has(key)) continue;
    const place = placeOf(entry, "key");
    const now = renamedKeys[key];
    const suggestion = nearest(key, known);
    if (now !== undefined) yield fault("renamed", place, { name, key, now });
    else if (suggestion !== undefined) yield fault("misspelt", place, { name, key, suggestion });
    else yield fault("unknown", place, { name, key }, { severity: "info" });
  }
}

/** In config-domain the keys are domains; their values have fields. */
function* fieldsIn({ domains }: DomainConfig, fault: Say) {
  for (const { name, selector, ignored, entry } of domains) {
    const meaning =
      selector.size === 0
        ? ": without a selector the domain is for every route that nothing else selects"
        : "";
    for (const field of ignored) {
      const place = entry && placeOf(entry, "value", { pointer: pointer(field), part: "key" });
      yield fault("inDomain", place, { domain: name, field, meaning });
    }
  }
}

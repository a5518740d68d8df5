import {
  at,
  defineRule,
  holderOf,
  placeOf,
  type ConfigName,
  type Entry,
  type KnativeConfig,
  type MakeFault,
  type Message,
  type Place,
  type Settings,
} from "../../src/rule/index.ts";

const messages = {
  refused: {
    says: "{key} in {name} is refused: {error}",
    breaks: "one such value makes the whole ConfigMap unreadable: {effect} at the next start",
    fix: "give {key} a value that Knative accepts, or remove it",
  },
  refusedByQueueProxy: {
    says: "{key} in {name} is refused by queue-proxy: {error}",
    breaks:
      "with system-internal-tls on, each queue-proxy exits when it starts, and no Revision becomes ready",
    fix: "give {key} a value that Knative accepts, or remove it",
  },
  noMapping: {
    says: "the {field} of {name} is no mapping",
    breaks: "the API server refuses the object",
    fix: "write one key a line below it",
  },
  notAString: {
    says: "{key} in {name} is no string",
    breaks: "the API server refuses the object: these values are strings",
    fix: "put the value in quotes",
  },
  noValue: {
    says: "{key} in {name} has no value",
    breaks: "Helm and older kubectl refuse the ConfigMap; the API server makes it an empty string",
    fix: 'write {key}: "" if that is meant, or remove it',
  },
} as const satisfies Readonly<Record<string, Message>>;

export default defineRule({
  code: "KC110",
  id: "config-unparsable",
  summary: "a value in Knative's configuration keeps components from starting",
  severity: "error",
  since: "0.1.0",
  citation:
    "knative/networking pkg/config/config.go NewConfigFromMap; knative/serving pkg/reconciler/route/config/domain.go; knative/pkg network/tls/config.go",
  reads: ["config"],
  messages,
  *subjects(view) {
    const { settings } = view.fact("config");
    let seen = false;
    for (const found of Object.values(settings)) {
      const holder = found.known && found.value ? holderOf(found.value) : undefined;
      if (!found.known || !found.value || !holder) continue;
      seen = true;
      yield { ...holder, settings: found.value };
    }
    if (!seen) view.need(settings["config-network"]);
  },
  *check({ settings }, view, fault) {
    yield* misshapen(settings, fault);
    yield* refused(settings.name, view.fact("config"), fault);
  },
});

type Say = MakeFault<typeof messages>;

function* misshapen({ name, entries, shapeless }: Settings, fault: Say) {
  for (const { holder, steps } of shapeless)
    yield fault("noMapping", at(holder, steps), { field: steps.join("."), name });
  // Its values are references, which have a rule of their own.
  if (name === "config-certmanager") return;
  for (const entry of entries.values()) {
    const { key, value, written, holder } = entry;
    const isSelector = key === "namespace-wildcard-cert-selector";
    if (value !== undefined || isSelector) continue;
    if (written === null && holder.kind === "ConfigMap")
      yield fault("noValue", placeOf(entry, "key"), { key, name }, { severity: "warning" });
    else yield fault("notAString", placeOf(entry), { key, name });
  }
}

function* refused(name: ConfigName, { network, domain, deployment }: KnativeConfig, fault: Say) {
  const readers = [
    [
      network,
      "activator, autoscaler, controller and ingress controller keep what they have and exit",
    ],
    [domain, "the controller keeps what it has and exits"],
  ] as const;
  for (const [config, effect] of readers) {
    if (!config.known || config.value.settings.name !== name) continue;
    for (const { entry, message: error } of config.value.errors)
      yield fault("refused", placeInside(entry), { key: entry.key, name, error, effect });
  }
  if (!deployment.known || deployment.value.settings.name !== name) return;
  const isOff = network.known && !network.value.systemInternalTls.value;
  for (const { entry, message: error } of deployment.value.errors) {
    const extra = isOff ? { severity: "warning" as const } : {};
    yield fault("refusedByQueueProxy", placeOf(entry), { key: entry.key, name, error }, extra);
  }
}

/** The YAML in the string without the blanks before it, or the spot where it breaks off. */
function placeInside(entry: Entry): Place {
  const { nested } = entry;
  if (!nested) return placeOf(entry);
  const whole = { pointer: "", part: "value" } as const;
  return placeOf(entry, "value", nested.ok ? whole : { offset: nested.offset, length: 1 });
}

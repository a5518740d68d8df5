import { at, defineRule, holderOf, placeOf, type ConfigName } from "../../src/rule/index.ts";

/** Who reads a ConfigMap at start and does not survive an error in it. */
const readers: Readonly<Partial<Record<ConfigName, string>>> = {
  "config-network": "activator, controller and ingress controller",
  "config-domain": "the controller",
  "config-deployment": "the controller, or every queue-proxy,",
};

export default defineRule({
  code: "KC110",
  id: "config-unparsable",
  summary: "a value in Knative's configuration keeps components from starting",
  severity: "error",
  since: "0.1.0",
  citation:
    "knative/networking pkg/config/config.go NewConfigFromMap; knative/serving pkg/reconciler/route/config/domain.go; knative/pkg network/tls/config.go",
  reads: ["config"],
  messages: {
    refused: {
      says: "{key} in {name} is refused: {error}",
      breaks:
        "one such value makes the whole ConfigMap unreadable: {readers} exit at their next start and keep the old configuration until then",
      fix: "give {key} a value that Knative accepts, or remove it",
    },
    noMapping: {
      says: "the {field} of {name} is no mapping",
      breaks: "the API server refuses the object",
      fix: "write one key a line below it",
    },
    notAString: {
      says: "{key} in {name} is no string",
      breaks: "the API server refuses the ConfigMap: the values of data are strings",
      fix: "put the value in quotes",
    },
  },
  *subjects(view) {
    const { settings, network } = view.fact("config");
    view.need(network);
    for (const found of Object.values(settings)) {
      const holder = found.known && found.value ? holderOf(found.value) : undefined;
      if (found.known && found.value && holder) yield { ...holder, settings: found.value };
    }
  },
  *check({ settings }, view, fault) {
    const { name, entries } = settings;
    for (const { holder, steps } of settings.shapeless)
      yield fault("noMapping", at(holder, steps), { field: steps.join("."), name });
    // Its values are references, which have a rule of their own.
    if (name === "config-certmanager") return;
    for (const entry of entries.values()) {
      const isSelector = entry.key === "namespace-wildcard-cert-selector";
      if (entry.value === undefined && !isSelector)
        yield fault("notAString", placeOf(entry), { key: entry.key, name });
    }
    const { network, domain, deployment } = view.fact("config");
    for (const config of [network, domain, deployment]) {
      if (!config.known || config.value.settings.name !== name) continue;
      for (const { entry, message } of config.value.errors) {
        yield fault("refused", placeOf(entry), {
          key: entry.key,
          name,
          error: message,
          readers: readers[name] ?? "its readers",
        });
      }
    }
  },
});

import { defineRule, issuerReferenceKeys, placeOf, topicOf } from "../../src/rule/index.ts";

export default defineRule({
  code: "KC105",
  id: "issuer-reference-unparsable",
  summary: "an issuer reference in config-certmanager is not YAML that Knative can decode",
  severity: "error",
  since: "0.1.0",
  citation:
    "knative/serving pkg/reconciler/certificate/config/cert_manager.go NewCertManagerConfigFromConfigMap; sigs.k8s.io/yaml",
  reads: ["config"],
  messages: {
    undecodable: {
      says: "{key} does not decode: {error}",
      breaks:
        "Knative's webhook refuses the ConfigMap; where it slips past, the serving controller keeps its old configuration and exits at its next start",
      fix: 'write it as a block: "{key}: |", then indented lines "kind: ClusterIssuer" and "name: ..."',
    },
    notAString: {
      says: "{key} is not a string but YAML of its own",
      breaks: "the API server refuses the object: these values are strings",
      fix: 'put a bar behind it, so that the lines below become one string: "{key}: |"',
    },
    noValue: {
      says: "{key} has no value",
      breaks:
        "Helm and older kubectl refuse the ConfigMap; the API server makes it an empty string, which means the default issuer",
      fix: 'remove it, or put a bar behind it and the reference below: "{key}: |"',
    },
  },
  *subjects(view) {
    const { settings } = view.need(view.fact("config").certManager);
    for (const key of issuerReferenceKeys) {
      const entry = settings.entries.get(key);
      if (entry) yield { ...entry.holder, key, entry };
    }
  },
  *check({ key, entry }, view, fault) {
    const affects = [topicOf(key)];
    if (entry.written === null && entry.holder.kind === "ConfigMap") {
      yield fault("noValue", placeOf(entry, "key"), { key }, { affects, severity: "warning" });
      return;
    }
    if (entry.value === undefined) yield fault("notAString", placeOf(entry), { key }, { affects });
    const broken = view.need(view.fact("config").certManager).broken.find((one) => one.key === key);
    if (broken)
      yield fault(
        "undecodable",
        placeOf(entry, "value", broken.error.inside),
        { key, error: broken.error.message },
        { affects },
      );
  },
});

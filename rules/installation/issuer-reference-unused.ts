import {
  certificatesWanted,
  defineRule,
  featureOf,
  issuerReferenceKeys,
  placeOf,
  referenceOf,
  workingNetwork,
} from "../../src/rule/index.ts";

export default defineRule({
  code: "KC129",
  id: "issuer-reference-unused",
  summary: "an issuer is configured for a feature that is off",
  severity: "info",
  since: "0.1.0",
  citation:
    "knative/networking pkg/config/config.go NewConfigFromMap; knative/serving pkg/reconciler/route/route.go, pkg/reconciler/revision/reconcile_resources.go, config/core/300-knativecertificate.yaml",
  reads: ["config", "issuerUses"],
  messages: {
    unused: {
      says: "{key} names an issuer, but {feature} is off in config-network",
      breaks: "no certificate is asked of it: this traffic stays unencrypted",
      fix: 'set {feature}: "Enabled" in config-network if it shall be encrypted',
    },
    routingOnly: {
      says: "{key} names an issuer, but {feature} is off in config-network",
      breaks:
        "the issuer is asked for routing-serving-certs only, which nothing serves: this traffic stays unencrypted",
      fix: 'set {feature}: "Enabled" in config-network if it shall be encrypted',
    },
  },
  *subjects(view) {
    const config = view.need(view.fact("config").certManager);
    for (const key of issuerReferenceKeys) {
      const { entry } = view.need(referenceOf(config, key));
      if (entry) yield { ...entry.holder, key, entry };
    }
  },
  *check({ key, entry }, view, fault) {
    const network = view.need(workingNetwork(view.fact("config")));
    const uses = view.need(view.fact("issuerUses")).flatMap(({ references }) => references);
    const use = uses.find(({ reference }) => reference.key === key);
    if (use?.activity !== "off") return;
    const issuesRouting = key === "systemInternalIssuerRef" && certificatesWanted(network);
    yield fault(issuesRouting ? "routingOnly" : "unused", placeOf(entry, "key"), {
      key,
      feature: featureOf[key],
    });
  },
});

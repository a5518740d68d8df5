import { defineRule, leafOf, nameOf, secretsFor, sentence } from "../../src/rule/index.ts";

export default defineRule({
  code: "KC304",
  id: "system-name-missing",
  summary: "a system-internal certificate lacks a name that Knative's components insist on",
  severity: "error",
  since: "0.1.0",
  citation:
    "knative/serving pkg/activator/certificate/tls_context.go; knative-extensions/net-kourier pkg/generator/ingress_translator.go createUpstreamTLSContext; knative/networking pkg/certificates/constants.go",
  reads: ["demands", "Secret"],
  follows: ["KC301"],
  messages: {
    lacks: {
      says: "the certificate in {secret} lacks {missing}; it is for {names}",
      breaks: "{dialer} checks that name and refuses the certificate",
      fix: "delete the Secret, so that cert-manager issues it anew from its Certificate",
    },
  },
  *subjects(view) {
    yield* secretsFor("system-internal", view);
  },
  *check({ demand, ...secret }, view, fault) {
    const leaf = leafOf(secret, view);
    if (!leaf || !demand.names.ok) return;
    const { certificate, place } = leaf;
    const missing = demand.names.dnsNames.filter((name) => !certificate.names.dns.includes(name));
    if (missing.length === 0) return;
    yield fault("lacks", place, {
      secret: nameOf(secret),
      missing: sentence(missing),
      names: sentence(certificate.names.dns) || "no name",
      dialer: demand.origin === "activator" ? "the gateway" : "the activator",
    });
  },
});

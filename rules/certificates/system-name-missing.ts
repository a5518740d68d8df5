import {
  coverProblem,
  defineRule,
  leafOf,
  nameOf,
  secretsFor,
  sentence,
  type Certificate,
  type Demand,
} from "../../src/rule/index.ts";

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
    const missing = demand.dnsNames.filter((name) => isMissed(name, demand, certificate));
    if (missing.length === 0) return;
    yield fault("lacks", place, {
      secret: nameOf(secret),
      missing: sentence(missing),
      names: sentence(certificate.names.dns) || "no name",
      dialer: demand.origin === "activator" ? "the gateway" : "the activator",
    });
  },
});

/**
 * The activator matches its server name as every TLS client does, and wants the other one letter for letter. Gateways
 * compare kn-routing, in any case; nobody asks routing-serving-certs for another name.
 */
function isMissed(name: string, { origin }: Demand, certificate: Certificate): boolean {
  const { dns } = certificate.names;
  if (origin === "activator")
    return name === "kn-routing" && !dns.some((san) => san.toLowerCase() === name);
  return name.startsWith("kn-user-")
    ? !dns.includes(name)
    : coverProblem(certificate, name) !== undefined;
}

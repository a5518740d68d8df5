import {
  coverProblem,
  defineRule,
  examples,
  leafOf,
  nameOf,
  secretsFor,
  sentence,
  type Certificate,
  type Demand,
  type View,
} from "../../src/rule/index.ts";

const fix = "delete the Secret, so that cert-manager issues it anew from its Certificate";

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
      fix,
    },
    spares: {
      says: "the certificate in {secret} lacks {missing}; it is for {names}",
      breaks:
        "the gateway takes it on the way to {spared} alone, and refuses it on the way to every other namespace",
      fix,
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
    const data = {
      secret: nameOf(secret),
      missing: sentence(missing),
      names: sentence(certificate.names.dns) || "no name",
    };
    const isRouting = demand.origin === "activator";
    const { spared, refused } = isRouting ? served(certificate, view) : nobody;
    if (spared.length === 0)
      yield fault("lacks", place, { ...data, dialer: isRouting ? "the gateway" : "the activator" });
    else
      yield fault(
        "spares",
        place,
        { ...data, spared: examples(spared) },
        { severity: refused.length === 0 ? "warning" : "error" },
      );
  },
});

const nobody = { spared: [], refused: [] } as const;

/** Of the namespaces with Revisions, those that the gateway reaches by the name that it asks for beside kn-routing. */
function served({ names }: Certificate, view: View<"demands">) {
  const demands = view.fact("demands");
  const has = new Set(names.dns.map((name) => name.toLowerCase()));
  const spared: string[] = [];
  const refused: string[] = [];
  for (const { origin, namespace, dnsNames } of demands.known ? demands.value.list : []) {
    if (origin !== "queue-proxy") continue;
    const isSpared = dnsNames.some((name) => name.startsWith("kn-user-") && has.has(name));
    (isSpared ? spared : refused).push(`namespace ${namespace}`);
  }
  return { spared, refused };
}

/**
 * The activator matches its server name as every TLS client does, and wants the other one letter for letter. Gateways
 * compare kn-routing, in any case, or the name of the namespace that they dial for.
 */
function isMissed(name: string, { origin }: Demand, certificate: Certificate): boolean {
  const { dns } = certificate.names;
  if (origin === "activator")
    return name === "kn-routing" && !dns.some((san) => san.toLowerCase() === name);
  return name.startsWith("kn-user-")
    ? !dns.includes(name)
    : coverProblem(certificate, name) !== undefined;
}

import {
  defineRule,
  dig,
  nameOf,
  observed,
  secretKeys,
  workingNetwork,
  type Demand,
  type KubeObject,
  type View,
} from "../../src/rule/index.ts";

export default defineRule({
  code: "KC321",
  id: "system-certificate-missing",
  summary: "a Secret that activator or queue-proxy serves from is not there",
  severity: "error",
  since: "0.1.0",
  citation:
    "knative/serving cmd/activator/main.go; pkg/activator/certificate/cache.go; pkg/reconciler/revision/revision.go ReconcileKind; knative/operator#2178",
  reads: ["config", "demands", "issuerUses", "KCertificate", "Secret"],
  follows: ["KC106", "KC201", "KC202", "KC203", "KC204", "KC207", "KC301", "KC302", "KC306"],
  messages: {
    activator: {
      says: "{secret}, which the activator serves from while system-internal-tls is on, {state}",
      breaks:
        "the activator does not start: failed to get activator certificate, and requests that it should pass on fail",
      fix: "see why the Certificate of that name is not issued; until it is, turn system-internal-tls off",
    },
    queueProxy: {
      says: "{secret}, which queue-proxy serves from while system-internal-tls is on, {state}",
      breaks:
        "no new Revision in the namespace is deployed; it says ResolvingDigests, and the service RevisionMissing, nothing of a certificate",
      fix: "see why the Certificate of that name is not issued",
    },
  },
  *subjects(view) {
    if (!view.need(workingNetwork(view.fact("config"))).systemInternalTls.value) return;
    for (const demand of view.need(view.fact("demands")).list) {
      if (demand.type !== "system-internal" || !isExpected(demand, view)) continue;
      yield {
        kind: "Secret" as const,
        namespace: demand.namespace,
        name: demand.name ?? "",
        demand,
      };
    }
  },
  *check({ kind, namespace, name, demand }, view, fault) {
    const secret = view.expect(kind, namespace, name);
    const state = stateOf(secret);
    if (state === undefined) return;
    const message = demand.origin === "activator" ? "activator" : "queueProxy";
    const data = { secret: nameOf({ kind, namespace, name }), state };
    yield fault(message, demand.place, data, { dependsOn: [cause(demand, view)] });
  },
});

/** In a world of manifests alone, and for objects that are only written, the Secret is still to be made. */
function isExpected({ owner }: Demand, view: View<"demands">): boolean {
  return view.hasObserved && (owner === undefined || observed(owner));
}

function stateOf(secret: KubeObject | undefined): string | undefined {
  if (!secret) return "does not exist";
  const present = secretKeys(secret);
  const missing = ["tls.crt", "tls.key"].filter(
    (key) => !present.has(key) || dig(secret.raw, "data", key) === "",
  );
  return missing.length === 0 ? undefined : `has no ${missing.join(" and no ")}`;
}

/** What keeps the certificate from being issued: its name, what is wrong with it once it was asked for, or its issuer. */
function cause(
  { names, namespace, name = "" }: Demand,
  view: View<"issuerUses" | "KCertificate">,
): string {
  if (!names.ok) return `Namespace/${namespace}`;
  if (view.find("KCertificate", namespace, name))
    return nameOf({ kind: "Secret", namespace, name });
  const uses = view.fact("issuerUses");
  const use = uses.known
    ? uses.value.find(({ references }) =>
        references.some(({ reference }) => reference.key === "systemInternalIssuerRef"),
      )
    : undefined;
  return use ? nameOf({ kind: use.target.kind, namespace: "", name: use.target.name }) : "";
}

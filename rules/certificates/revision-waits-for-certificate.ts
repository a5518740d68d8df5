import {
  at,
  conditionOf,
  defineRule,
  evidenceOf,
  examples,
  isYoung,
  lackingKeys,
  nameOf,
  observed,
  workingNetwork,
  type Chain,
  type KubeObject,
} from "../../src/rule/index.ts";

const name = "serving-certs";

export default defineRule({
  code: "KC325",
  id: "revision-waits-for-certificate",
  summary:
    "Revisions are not deployed because their namespace has no certificate yet, and nothing says so",
  severity: "error",
  since: "0.1.0",
  citation:
    "knative/serving pkg/reconciler/revision/revision.go ReconcileKind, pkg/reconciler/revision/reconcile_resources.go reconcileQueueProxyCertificate",
  reads: ["config", "issuance", "KCertificate", "Revision", "Secret"],
  follows: ["KC301", "KC302"],
  messages: {
    waiting: {
      says: "no Deployment is made for {revisions} in namespace {namespace}: Secret {name} {state}, and with system-internal-tls nothing is deployed before it holds a certificate",
      breaks: "the KServices wait with RevisionMissing, and no condition names the certificate",
      fix: "see `explain kcert/serving-certs -n {namespace}`",
    },
  },
  *subjects(view) {
    const revisions = view.all("Revision");
    if (revisions.length === 0) return;
    if (!view.need(workingNetwork(view.fact("config"))).systemInternalTls.value) return;
    const namespaces = new Set(revisions.map(({ namespace }) => namespace));
    for (const namespace of namespaces) yield { kind: "KCertificate", namespace, name };
  },
  *check({ namespace }, view, fault) {
    const waiting = view.within("Revision", namespace).filter(isWaiting);
    const [first, ...others] = waiting;
    if (!first) return;
    const secret = view.expect("Secret", namespace, name);
    const lacking = secret ? lackingKeys(secret) : [];
    if (secret && lacking.length === 0) return;
    const kcertificate = view.find("KCertificate", namespace, name);
    const chain = kcertificate && view.fact("issuance").chainOf(kcertificate);
    const data = {
      revisions: examples(waiting.map((revision) => revision.name)),
      namespace,
      name,
      state: secret ? `has no ${lacking.join(" and no ")}` : "does not exist",
    };
    yield fault("waiting", placeOf(first), data, {
      severity: isPending(chain, view.now) ? "info" : "error",
      related: others
        .slice(0, 3)
        .map((one) => ({ place: placeOf(one), note: `${one.name} waits too` })),
      evidence: chain
        ? evidenceOf(chain)
        : [`${nameOf({ kind: "KCertificate", namespace, name })} was not seen`],
    });
  },
});

function isPending(chain: Chain | undefined, now: Date): boolean {
  const cause = chain?.cause;
  return cause?.state === "waiting" && isYoung(cause, now);
}

/** A Revision that waits says ResolvingDigests, or nothing at all. */
function isWaiting(revision: KubeObject): boolean {
  return observed(revision) && conditionOf(revision, "Ready")?.status === "Unknown";
}

function placeOf(revision: KubeObject) {
  const ready = conditionOf(revision, "Ready");
  return at(revision, ready ? ["status", "conditions", ready.index] : []);
}

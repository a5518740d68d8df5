import {
  at,
  conditionOf,
  defineRule,
  eventingCertificates,
  eventingIssuer,
  eventingTlsOn,
  nameOf,
  observed,
  placeOf,
  type EventingCertificate,
  type EventingTls,
  type KubeObject,
  type MakeFault,
  type Message,
  type View,
} from "../../src/rule/index.ts";

const fix =
  "apply eventing-tls-networking.yaml of the Eventing release, and see that the issuer is Ready";
const messages = {
  issuerMissing: {
    says: "transport-encryption is {mode}, but ClusterIssuer knative-eventing-ca-issuer does not exist; Eventing names no other",
    breaks:
      "none of Eventing's servers gets a certificate: brokers and channels are not Ready, or go on without TLS",
    fix: "create a CA issuer of that name",
  },
  certificateMissing: {
    says: "transport-encryption is {mode}, but {certificate}, from which {deployment} serves, does not exist",
    breaks:
      "{deployment} has no certificate: with strict its addresses are not Ready, with permissive it serves http only",
    fix,
  },
  notReady: {
    says: "{object}, which Eventing's TLS needs, is not Ready: {reason}: {message}",
    breaks: "Eventing's servers get no certificate from it, or no new one",
    fix: "see why; `kubectl describe` shows its events",
  },
} as const satisfies Readonly<Record<string, Message>>;

export default defineRule({
  code: "KC702",
  id: "eventing-certificate-missing",
  summary:
    "Eventing's TLS is on, but its issuer or a certificate of its servers is missing or not Ready",
  severity: "error",
  since: "0.1.0",
  citation:
    "knative/eventing pkg/certificates/certificate.go, pkg/eventingtls/eventingtls.go, config/brokers/mt-channel-broker-tls, config/channels/in-memory-channel-tls, config/core-tls",
  reads: ["eventingTls", "Certificate", "ClusterIssuer", "Deployment"],
  follows: ["KC201", "KC207"],
  messages,
  *subjects(view) {
    const tls = eventingTlsOn(view);
    if (!tls) return;
    yield { kind: "ClusterIssuer", namespace: "", name: eventingIssuer, tls, needed: undefined };
    for (const needed of eventingCertificates) {
      const { eventing: namespace } = view.environment.namespaces;
      if (view.lookup("Deployment", namespace, needed.deployment).state !== "missing")
        yield { kind: "Certificate", namespace, name: needed.name, tls, needed };
    }
  },
  *check({ tls, needed }, view, fault) {
    const issuer = view.expect("ClusterIssuer", "", eventingIssuer);
    if (needed) {
      if (issuer) yield* certificate(needed, tls, view, fault);
      return;
    }
    const place = tls.entry && placeOf(tls.entry);
    const { eventing: namespace } = view.environment.namespaces;
    const secrets = eventingCertificates.map(({ name }) =>
      nameOf({ kind: "Secret", namespace, name }),
    );
    if (!issuer) yield fault("issuerMissing", place, { mode: tls.mode }, { affects: secrets });
    else yield* readiness(issuer, secrets, fault);
  },
});

type Say = MakeFault<typeof messages>;

function* certificate(
  { name, deployment }: EventingCertificate,
  tls: EventingTls,
  view: View<"Certificate">,
  fault: Say,
) {
  const { eventing: namespace } = view.environment.namespaces;
  const found = view.expect("Certificate", namespace, name);
  const affects = [nameOf({ kind: "Secret", namespace, name })];
  if (found) {
    yield* readiness(found, affects, fault);
    return;
  }
  const data = {
    mode: tls.mode,
    certificate: nameOf({ kind: "Certificate", namespace, name }),
    deployment,
  };
  yield fault("certificateMissing", tls.entry && placeOf(tls.entry), data, { affects });
}

function* readiness(object: KubeObject, affects: readonly string[], fault: Say) {
  const ready = conditionOf(object, "Ready");
  if (!observed(object) || !ready || ready.status === "True") return;
  const { reason, message } = ready;
  const data = { object: nameOf(object), reason, message };
  yield fault("notReady", at(object, ["status", "conditions", ready.index]), data, { affects });
}

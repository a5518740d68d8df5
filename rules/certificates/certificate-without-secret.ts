import {
  at,
  breaksWithout,
  certificatesWanted,
  componentTopic,
  conditionOf,
  defineRule,
  evidenceOf,
  isForCertManager,
  isYoung,
  nameOf,
  observed,
  saysOf,
  severityByType,
  timeAt,
  workingNetwork,
  type Chain,
  type KubeObject,
  type Link,
  type MakeFault,
  type Message,
  type View,
} from "../../src/rule/index.ts";

const messages = {
  noCertificate: {
    says: "{certificate} has no cert-manager Certificate and no status: no certificate controller of Knative has looked at it",
    breaks: "{breaks}",
    fix: "restart the Deployment controller in {namespace}: it decides at its start whether it handles certificates, and looks then whether cert-manager is installed",
  },
  lostCertificate: {
    says: "{certificate} is Ready, but its cert-manager Certificate does not exist",
    breaks: "the certificate is not renewed",
    fix: "see that Knative's controller runs: it makes the Certificate again",
  },
  noSecret: {
    says: "{cause}",
    breaks: "{breaks}",
    fix: "see what deletes or empties it, and that cert-manager's controller runs: it issues the certificate again as soon as it notices",
  },
} as const satisfies Readonly<Record<string, Message>>;

export default defineRule({
  code: "KC302",
  id: "certificate-without-secret",
  summary: "a KCertificate has no Certificate, or a Certificate that is Ready has no Secret",
  severity: "error",
  since: "0.1.0",
  citation:
    "knative/serving cmd/controller/main.go shouldEnableNetCertManagerController, pkg/reconciler/certificate/certificate.go; cert-manager internal/controller/certificates/policies/checks.go SecretDoesNotExist",
  reads: ["issuance", "config", "KCertificate"],
  follows: ["KC101", "KC103"],
  messages,
  *subjects(view) {
    yield* view.all("KCertificate").filter(isForCertManager);
  },
  *check(kcertificate, view, fault) {
    if (!observed(kcertificate))
      view.notEvaluated(`${nameOf(kcertificate)} is written, not observed: it has no status`);
    const chain = view.fact("issuance").chainOf(kcertificate);
    const certificate = chain.links.find(({ step }) => step === "Certificate");
    const secret = chain.links.find(({ step }) => step === "Secret");
    const asked = { kcertificate, chain };
    if (certificate?.object) yield* withoutSecret(asked, certificate.object, secret, view, fault);
    else if (certificate?.state === "unknown") view.notEvaluated(saysOf(certificate));
    else yield* withoutCertificate(asked, view, fault);
  },
});

interface Asked {
  readonly kcertificate: KubeObject;
  readonly chain: Chain;
}
type Say = MakeFault<typeof messages>;
type Seen = View<"config">;

function* withoutCertificate({ kcertificate, chain }: Asked, view: Seen, fault: Say) {
  const config = view.fact("config");
  const wanted = certificatesWanted(view.need(workingNetwork(config)));
  const since = timeAt(kcertificate.raw, "metadata", "creationTimestamp");
  if (!wanted || isYoung({ since }, view.now)) return;
  const ready = conditionOf(kcertificate, "Ready");
  const place = at(kcertificate, ["metadata", "name"]);
  const shared = {
    evidence: evidenceOf(chain),
    severity: severityByType(kcertificate, config, "error"),
  };
  const certificate = nameOf(kcertificate);
  if (ready?.status === "True") yield fault("lostCertificate", place, { certificate }, shared);
  if (ready) return;
  const namespace = view.environment.namespaces.serving;
  yield fault(
    "noCertificate",
    place,
    { certificate, namespace, breaks: breaksWithout(kcertificate) },
    { ...shared, dependsOn: [componentTopic("serving controller")] },
  );
}

function* withoutSecret(
  { kcertificate, chain }: Asked,
  certificate: KubeObject,
  secret: Link | undefined,
  view: Seen,
  fault: Say,
) {
  if (secret?.state === "unknown") view.notEvaluated(saysOf(secret));
  if (secret?.state !== "missing" && secret?.state !== "failed") return;
  yield fault(
    "noSecret",
    at(certificate, ["spec", "secretName"]),
    { cause: saysOf(secret), breaks: breaksWithout(kcertificate) },
    {
      evidence: evidenceOf(chain),
      severity: severityByType(kcertificate, view.fact("config"), "error"),
      affects: [nameOf(secret.ref)],
    },
  );
}

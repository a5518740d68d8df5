import {
  at,
  attemptsOf,
  breaksWithout,
  conditionOf,
  defineRule,
  evidenceOf,
  isForCertManager,
  isYoung,
  nameOf,
  observed,
  relatedOf,
  rfc3339,
  saysOf,
  severityByType,
  topicsOfCause,
  type Chain,
  type KubeObject,
} from "../../src/rule/index.ts";

export default defineRule({
  code: "KC301",
  id: "certificate-not-issued",
  summary: "a certificate that Knative asked for is not issued",
  severity: "error",
  since: "0.1.0",
  citation:
    "knative/serving pkg/reconciler/certificate/certificate.go; cert-manager pkg/controller/certificates/trigger/trigger_controller.go, pkg/controller/certificaterequests/sync.go, pkg/apis/acme/v1/types_order.go",
  reads: ["issuance", "config", "KCertificate"],
  follows: [
    "KC103",
    "KC201",
    "KC202",
    "KC203",
    "KC204",
    "KC207",
    "KC209",
    "KC210",
    "KC215",
    "KC216",
    "KC217",
    "KC218",
    "KC222",
  ],
  messages: {
    notIssued: {
      says: "{certificate} is not issued: {cause}{attempts}",
      breaks: "{breaks}",
      fix: "{fix}",
    },
    stuck: {
      says: "{certificate} has waited since {since} to be issued: {cause}",
      breaks: "{breaks}",
      fix: "{fix}",
    },
    pending: {
      says: "{certificate} is being issued since {since}: {cause}",
    },
  },
  *subjects(view) {
    yield* view.all("KCertificate").filter(isForCertManager);
  },
  *check(kcertificate, view, fault) {
    if (!observed(kcertificate))
      view.notEvaluated(`${nameOf(kcertificate)} is written, not observed: it has no status`);
    if (conditionOf(kcertificate, "Ready")?.status === "True") return;
    const chain = view.fact("issuance").chainOf(kcertificate);
    const { cause } = chain;
    if (!cause || isOfAnotherRule(chain, kcertificate)) return;
    const place = conditionPlace(kcertificate);
    const extra = {
      severity: severityByType(kcertificate, view.fact("config"), "error"),
      related: relatedOf(chain),
      evidence: evidenceOf(chain),
      affects: affectedBy(chain),
      dependsOn: topicsOfCause(chain).length > 0 ? topicsOfCause(chain) : [nameOf(kcertificate)],
    };
    const data = {
      certificate: nameOf(kcertificate),
      cause: saysOf(cause),
      breaks: breaksWithout(kcertificate),
      fix:
        cause.fix ??
        `see \`explain kcert/${kcertificate.name} -n ${kcertificate.namespace}\` and the events of ${nameOf(cause.ref)}`,
    };
    const since = cause.since;
    if (cause.state === "waiting" && since) {
      const waiting = { ...data, since: rfc3339(since) };
      if (isYoung(cause, view.now))
        yield fault("pending", place, waiting, { ...extra, severity: "info" });
      else yield fault("stuck", place, waiting, extra);
      return;
    }
    yield fault("notIssued", place, { ...data, attempts: attemptsOf(chain, view.now) }, extra);
  },
});

/** A KCertificate without a Certificate, and a Ready one without its Secret, are KC302's. */
function isOfAnotherRule({ links, cause }: Chain, kcertificate: KubeObject): boolean {
  const untouched =
    !conditionOf(kcertificate, "Ready") &&
    !links.some(({ step, object }) => step === "Certificate" && object);
  return (
    untouched ||
    (cause?.state === "missing" && (cause.step === "Certificate" || cause.step === "Secret"))
  );
}

function conditionPlace(kcertificate: KubeObject) {
  const ready = conditionOf(kcertificate, "Ready");
  return at(kcertificate, ready ? ["status", "conditions", ready.index] : []);
}

/** What stays away with the certificate. */
function affectedBy({ links }: Chain): readonly string[] {
  return links
    .filter(({ step }) => step === "Certificate" || step === "Secret")
    .map(({ ref }) => nameOf(ref));
}

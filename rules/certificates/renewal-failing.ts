import {
  at,
  attemptsOf,
  componentTopic,
  conditionOf,
  defineRule,
  eventingCertificates,
  evidenceOf,
  generationOf,
  isCa,
  isForCertManager,
  isYoung,
  nameOf,
  observed,
  relatedOf,
  rfc3339,
  saysOf,
  secretNameOf,
  text,
  timeAt,
  topicsOfCause,
  type Chain,
  type KubeObject,
  type View,
} from "../../src/rule/index.ts";

export default defineRule({
  code: "KC317",
  id: "renewal-failing",
  summary: "a certificate that is still good is not renewed",
  severity: "error",
  since: "0.1.0",
  citation:
    "cert-manager pkg/controller/certificates/trigger/trigger_controller.go shouldBackoffReissuingOnFailure, pkg/controller/certificates/issuing/issuing_controller.go, pkg/util/pki/renewaltime.go",
  reads: ["authorities", "issuance", "Certificate", "DomainMapping", "KCertificate"],
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
    failing: {
      says: "the renewal of {certificate} fails: {cause}{attempts}",
      breaks: "{expiry}",
      fix: "{fix}",
    },
    overdue: {
      says: "{certificate} should have been renewed at {due} and was not: {cause}",
      breaks: "{expiry}",
      fix: "{fix}",
    },
  },
  *subjects(view) {
    yield* view
      .all("Certificate")
      .filter((certificate) => observed(certificate) && isOurs(certificate, view));
  },
  *check(certificate, view, fault) {
    const ready = conditionOf(certificate, "Ready");
    if (ready?.status !== "True" || failedForAnotherSpec(certificate, view.now)) return;
    const chain = view.fact("issuance").chainOf(certificate);
    const due = overdueSince(certificate, view.now);
    const shown = conditionOf(certificate, "Issuing") ?? ready;
    const place = at(certificate, ["status", "conditions", shown.index]);
    if (!chain.lastFailure && !due) return;
    const extra = extraOf(certificate, chain);
    const data = dataOf(certificate, chain);
    if (chain.lastFailure)
      yield fault("failing", place, { ...data, attempts: attemptsOf(chain, view.now) }, extra);
    else if (due) yield fault("overdue", place, { ...data, due: rfc3339(due) }, extra);
  },
});

/**
 * The attempt that failed was for a spec that has been changed since, and what there is fits the present one: nothing
 * is tried before renewalTime (trigger_controller.go ProcessItem), and the count of failures stays until then.
 */
function failedForAnotherSpec(certificate: KubeObject, now: Date): boolean {
  const issuing = conditionOf(certificate, "Issuing");
  const generation = generationOf(certificate);
  const due = timeAt(certificate.raw, "status", "renewalTime");
  return (
    issuing?.status === "False" &&
    issuing.observedGeneration !== undefined &&
    generation !== undefined &&
    issuing.observedGeneration < generation &&
    conditionOf(certificate, "Ready")?.observedGeneration === generation &&
    due !== undefined &&
    due > now
  );
}

/** When it should have been renewed, where that is longer ago than a renewal takes. */
function overdueSince(certificate: KubeObject, now: Date): Date | undefined {
  const due = timeAt(certificate.raw, "status", "renewalTime");
  return due && due < now && !isYoung({ since: due }, now) ? due : undefined;
}

function extraOf(certificate: KubeObject, chain: Chain) {
  const topics = chain.cause ? topicsOfCause(chain) : [componentTopic("cert-manager")];
  const notAfter = timeAt(certificate.raw, "status", "notAfter");
  return {
    related: relatedOf(chain),
    evidence: evidenceOf(chain),
    dependsOn: topics.length > 0 ? topics : [nameOf(certificate)],
    ...(notAfter && { from: notAfter }),
  };
}

function dataOf(certificate: KubeObject, { cause: found }: Chain) {
  // A link that was not seen explains nothing.
  const cause = found?.state === "unknown" ? undefined : found;
  const notAfter = timeAt(certificate.raw, "status", "notAfter");
  return {
    certificate: nameOf(certificate),
    cause: cause ? saysOf(cause) : "nothing shows why",
    expiry: notAfter ? `it expires at ${rfc3339(notAfter)}` : "it will expire",
    fix: cause?.fix ?? `see the events of ${nameOf(cause?.ref ?? certificate)}`,
  };
}

/** What Knative asked for, what its servers and DomainMappings bring along, and the CAs on which all that rests. */
function isOurs(certificate: KubeObject, view: View<Reads>): boolean {
  const { namespace, name } = certificate;
  if (isCa(certificate))
    return view.fact("authorities").some(({ certificates }) => certificates.includes(certificate));
  const kcertificate = view.find("KCertificate", namespace, name);
  if (kcertificate) return isForCertManager(kcertificate);
  if (namespace === view.environment.namespaces.eventing)
    return eventingCertificates.some((one) => one.name === name);
  return view
    .all("DomainMapping")
    .some(
      (mapping) =>
        mapping.namespace === namespace &&
        text(mapping.raw, "spec", "tls", "secretName") === secretNameOf(certificate),
    );
}

type Reads = "authorities" | "KCertificate" | "DomainMapping";

import {
  at,
  componentTopic,
  conditionOf,
  defineRule,
  isForCertManager,
  isYoung,
  nameOf,
  observed,
  rfc3339,
  timeAt,
  type Condition,
  type KubeObject,
  type MakeFault,
  type Message,
  type View,
} from "../../src/rule/index.ts";

const messages = {
  expired: {
    says: "{certificate} says Ready, but its certificate expired at {notAfter}",
    breaks: "every client that checks it refuses the connection",
    fix: "see why it was not renewed; `cmctl renew {name} -n {namespace}` has cert-manager try at once",
  },
  contradicts: {
    says: "{kcertificate} is {its}, but its Certificate is {theirs}",
    breaks: "Knative acts on what the KCertificate says",
    fix: "see that Knative's controller runs; restart it where it does",
  },
  staleRoute: {
    says: "{route} says {reason} ({message}), but {kcertificate} is Ready",
    breaks: "the Route, and so the KService, does not become Ready or stays on plain HTTP",
    fix: "have the Route looked at again: any change of an annotation of the KService will do",
  },
  downgraded: {
    says: "{route} is served over plain HTTP because {kcertificate} is not Ready, and says Ready all the same",
    breaks: "there is no HTTPS for it, and the KService shows nothing",
    fix: "see `explain kcert/{name} -n {namespace}`; with http-protocol: Redirected there is no way back to plain HTTP",
  },
} as const satisfies Readonly<Record<string, Message>>;

export default defineRule({
  code: "KC308",
  id: "readiness-untrue",
  summary: "a Certificate, KCertificate or Route says something about readiness that is not so",
  severity: "error",
  since: "0.1.0",
  citation:
    "cert-manager#7895; knative/serving#7162, #12188; knative/serving pkg/reconciler/route/route.go externalDomainTLS",
  reads: ["Certificate", "KCertificate", "Route"],
  follows: ["KC103", "KC301", "KC317"],
  messages,
  *subjects(view) {
    yield* view.all("KCertificate").filter(isForCertManager);
    yield* view.all("Route");
  },
  *check(subject, view, fault) {
    if (!observed(subject))
      view.notEvaluated(`${nameOf(subject)} is written, not observed: it has no status`);
    if (subject.kind === "Route") {
      yield* ofRoute(subject, view, fault);
      return;
    }
    const certificate = view.expect("Certificate", subject.namespace, subject.name);
    if (!certificate || !observed(certificate)) return;
    yield* expired(certificate, view.now, fault);
    yield* contradiction(subject, certificate, view.now, fault);
  },
});

type Say = MakeFault<typeof messages>;

/** cert-manager sets no timer for the end of a certificate, so Ready outlives it. */
function* expired(certificate: KubeObject, now: Date, fault: Say) {
  const ready = conditionOf(certificate, "Ready");
  const notAfter = timeAt(certificate.raw, "status", "notAfter");
  if (ready?.status !== "True" || !notAfter || notAfter > now) return;
  const { name, namespace } = certificate;
  const data = { certificate: nameOf(certificate), notAfter: rfc3339(notAfter), name, namespace };
  yield fault("expired", at(certificate, ["status", "conditions", ready.index]), data, {
    subject: certificate,
    dependsOn: [nameOf(certificate)],
  });
}

function* contradiction(kcertificate: KubeObject, certificate: KubeObject, now: Date, fault: Say) {
  const mine = conditionOf(kcertificate, "Ready");
  const its = conditionOf(certificate, "Ready");
  if (!mine || !its || (mine.status === "True") === (its.status === "True")) return;
  if (isYoung(its, now)) return;
  const data = { kcertificate: nameOf(kcertificate), its: said(mine), theirs: said(its) };
  yield fault("contradicts", at(kcertificate, ["status", "conditions", mine.index]), data, {
    severity: "warning",
    dependsOn: [componentTopic("serving controller")],
  });
}

function said({ status, reason }: Condition): string {
  return status === "True" ? "Ready" : `not Ready (${reason || status})`;
}

/** The messages of route.go name one certificate; the last one that was looked at wins. */
function* ofRoute(route: KubeObject, view: View<"KCertificate">, fault: Say) {
  const provisioned = conditionOf(route, "CertificateProvisioned");
  const named = /\bCertificate (\S+) (?:is not ready|fails to be provisioned)/.exec(
    provisioned?.message ?? "",
  )?.[1];
  if (!provisioned || named === undefined) return;
  const kcertificate = view.expect("KCertificate", route.namespace, named);
  if (!kcertificate) return;
  const place = at(route, ["status", "conditions", provisioned.index]);
  const { name, namespace } = kcertificate;
  const data = { route: nameOf(route), kcertificate: nameOf(kcertificate) };
  const ready = conditionOf(kcertificate, "Ready");
  if (ready?.status === "True") {
    if (isYoung(ready, view.now)) return;
    const { reason, message } = provisioned;
    yield fault(
      "staleRoute",
      place,
      { ...data, reason: reason || provisioned.status, message },
      {
        severity: "warning",
      },
    );
  } else if (provisioned.reason === "HTTPDowngrade") {
    yield fault(
      "downgraded",
      place,
      { ...data, name, namespace },
      {
        dependsOn: [data.kcertificate],
      },
    );
  }
}

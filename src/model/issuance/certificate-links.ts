import { secretNameOf } from "../certmanager/certificate.ts";
import { conditionOf, type Condition } from "../certmanager/issuer.ts";
import { annotationValue } from "../knative/annotations.ts";
import { certManagerClass } from "../knative/network-config.ts";
import { strings, text } from "../json.ts";
import { at, observed, type KubeObject } from "../object.ts";
import type { Place } from "../place.ts";
import { perObject } from "../per-object.ts";
import { timeAt } from "../time.ts";
import type { Failures } from "./back-off.ts";
import type { Link } from "./chain.ts";
import { absence, reasoned, type Walk } from "./walk.ts";

const unwritten = "is written, not observed: it has no status";

/** What Knative's own controller says of a KCertificate (serving pkg/reconciler/certificate/certificate.go). */
export function kcertificateLink(kcertificate: KubeObject, mayHaveCertificate: boolean): Link {
  return mayHaveCertificate ? linkWithCertificate(kcertificate) : linkOf(kcertificate, false);
}

const linkWithCertificate = perObject((kcertificate) => linkOf(kcertificate, true));

function linkOf(kcertificate: KubeObject, mayHaveCertificate: boolean): Link {
  const link = { step: "KCertificate", ref: kcertificate, object: kcertificate } as const;
  if (!observed(kcertificate)) return { ...link, state: "unknown", says: unwritten };
  const otherClass = annotationValue(kcertificate, "certificateClass");
  if (otherClass !== undefined && otherClass !== certManagerClass)
    return { ...link, state: "unknown", says: `is of class ${otherClass}, not of cert-manager's` };
  const ready = conditionOf(kcertificate, "Ready");
  const place = placeOf(kcertificate, ready);
  if (ready?.status === "True") return { state: "good", says: "is Ready", place, ...link };
  const state = mayHaveCertificate ? "waiting" : "failed";
  if (ready)
    return { ...link, state, says: `is not Ready: ${reasoned(ready)}`, place, since: ready.since };
  return {
    ...link,
    state,
    says: "has no status: no certificate controller of Knative has looked at it",
    fix: "see that Knative's controller was started again after TLS was turned on",
    place,
    since: timeAt(kcertificate.raw, "metadata", "creationTimestamp"),
  };
}

/** What cert-manager says of a Certificate, failures of its renewal included. */
export function certificateLink(certificate: KubeObject, failures: Failures): Link {
  return failures.last ? withFailures(certificate, failures) : withoutFailures(certificate);
}

const withoutFailures = perObject((certificate) =>
  withFailures(certificate, { attempts: 0, last: undefined, next: undefined }),
);

function withFailures(certificate: KubeObject, failures: Failures): Link {
  const link = { step: "Certificate", ref: certificate, object: certificate } as const;
  if (!observed(certificate)) return { ...link, state: "unknown", says: unwritten };
  const ready = conditionOf(certificate, "Ready");
  const issuing = conditionOf(certificate, "Issuing");
  if (failures.last)
    return {
      ...link,
      state: "failed",
      says: `${readiness(ready)}; ${failing(failures, issuing)}`,
      place: placeOf(certificate, issuing ?? ready),
      since: failures.last,
    };
  if (issuing?.status === "True")
    return {
      ...link,
      state: "waiting",
      says: `${readiness(ready)}; it is being issued`,
      place: placeOf(certificate, ready),
      since: issuing.since,
    };
  const place = placeOf(certificate, ready);
  if (!ready)
    return {
      ...link,
      state: "failed",
      says: "has no status: cert-manager has not looked at it",
      fix: "see that cert-manager's controller runs and watches this namespace",
      place,
    };
  if (ready.status === "True") return { state: "good", says: "is Ready", place, ...link };
  const says = `${readiness(ready)}; and it is not being issued`;
  return { ...link, state: "failed", says, place, since: ready.since };
}

function readiness(ready: Condition | undefined): string {
  if (ready?.status === "True") return "is Ready";
  return ready ? `is not Ready: ${reasoned(ready)}` : "has no Ready condition";
}

function failing({ attempts }: Failures, issuing: Condition | undefined): string {
  const times = attempts > 1 ? `${String(attempts)} times in a row` : "once";
  return `issuing it has failed ${times}${issuing ? `: ${reasoned(issuing)}` : ""}`;
}

function placeOf(object: KubeObject, condition: Condition | undefined): Place {
  return at(object, condition ? ["status", "conditions", condition.index] : []);
}

/** The Secret that the Certificate writes. */
export function secretLink(certificate: KubeObject, isReady: boolean, { source }: Walk): Link {
  const ref = { kind: "Secret", namespace: certificate.namespace, name: secretNameOf(certificate) };
  const answer = source.lookup("Secret", ref.namespace, ref.name);
  const link = { step: "Secret", ref, object: undefined } as const;
  if (answer.state === "missing")
    return isReady
      ? {
          ...link,
          state: "missing",
          says: "does not exist, though its Certificate says that it is Ready",
          fix: "see what deletes it; cert-manager issues it again as soon as it notices",
        }
      : { ...link, state: "waiting", says: "is not made yet" };
  if (answer.state !== "found") return { ...link, ...absence(answer) };
  const found = secretThere(answer.object);
  return found.state === "good" || isReady ? found : { ...found, state: "waiting" };
}

const secretThere = perObject((secret): Link => {
  const lacking = lackingKeys(secret);
  const { kind, namespace, name } = secret;
  const ref = { kind, namespace, name };
  const link = { step: "Secret", ref, object: secret, place: at(secret) } as const;
  if (lacking.length === 0) return { state: "good", says: "holds a certificate", ...link };
  return { ...link, state: "failed", says: `has no ${lacking.join(" and no ")}` };
});

/** What a certificate's Secret must hold and does not. */
export function lackingKeys(secret: KubeObject): readonly string[] {
  return ["tls.crt", "tls.key"].filter(
    (key) => !strings(secret.raw, "data").get(key) && !text(secret.raw, "stringData", key),
  );
}

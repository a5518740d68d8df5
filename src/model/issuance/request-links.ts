import { conditionOf, type Condition } from "../certmanager/issuer.ts";
import { dig } from "../json.ts";
import { at, type KubeObject } from "../object.ts";
import { perObject } from "../per-object.ts";
import { timeAt } from "../time.ts";
import type { Link } from "./chain.ts";
import { reasoned, type Walk } from "./walk.ts";

/** The CertificateRequest of the issuance under way, else that of the present certificate. */
export function requestOf(certificate: KubeObject, { requests }: Walk): KubeObject | undefined {
  const mine = requests.get(`${certificate.namespace}/${certificate.name}`) ?? [];
  const written = dig(certificate.raw, "status", "revision");
  const next = (typeof written === "number" ? written : 0) + 1;
  return (
    mine.find((request) => revisionOf(request) === next) ??
    mine.toSorted((a, b) => revisionOf(b) - revisionOf(a))[0]
  );
}

function revisionOf(request: KubeObject): number {
  return Number(request.annotations.get("cert-manager.io/certificate-revision")) || 0;
}

/** What became of the request (cert-manager pkg/controller/certificaterequests/sync.go, pkg/api/util/conditions.go). */
export const requestLink = perObject((request): Link => {
  const ready = conditionOf(request, "Ready");
  const invalid = conditionOf(request, "InvalidRequest");
  const link = linkFor("CertificateRequest", request, ready);
  if (invalid?.status === "True")
    return { ...link, state: "failed", says: `is invalid: ${reasoned(invalid)}` };
  if (ready?.status === "True") return { state: "good", says: "is signed", ...link };
  if (ready?.reason === "Failed" || ready?.reason === "Denied") return failed(link, ready);
  const says = ready ? `waits: ${reasoned(ready)}` : "waits to be signed";
  return { ...link, state: "waiting", says };
});

function linkFor(
  step: "CertificateRequest" | "approval",
  request: KubeObject,
  condition: Condition | undefined,
): Omit<Link, "state" | "says"> {
  return {
    step,
    ref: request,
    object: request,
    place: at(request, condition ? ["status", "conditions", condition.index] : []),
    since: condition?.since ?? timeAt(request.raw, "metadata", "creationTimestamp"),
  };
}

/** Failures whose text does not say what to do (cert-manager pkg/controller/certificaterequests/ca, pkg/util/pki). */
const hints: readonly (readonly [RegExp, string])[] = [
  [
    /PrivateKey doesn't match parent's PublicKey/,
    "put the key into the CA's Secret that belongs to its certificate",
  ],
  [
    /certificate chain is malformed or broken/,
    "leave exactly one chain in the CA's Secret, whose certificates may sign (keyCertSign)",
  ],
  [
    /ensure the Certificate's secretName is different|[Ff]ailed to decode returned certificate/,
    "give the Certificate a Secret of its own, not that of the CA",
  ],
];

function failed(link: Omit<Link, "state" | "says">, ready: Condition): Link {
  const hint = hints.find(([pattern]) => pattern.test(ready.message))?.[1];
  return {
    ...link,
    state: "failed",
    says: `has failed: ${ready.message.trim() || ready.reason}`,
    fix: hint,
  };
}

/** Nothing is signed before somebody has approved the request; nothing in it says so while it waits. */
export const approvalLink = perObject((request): Link => {
  const approved = conditionOf(request, "Approved");
  const denied = conditionOf(request, "Denied");
  const link = linkFor("approval", request, denied ?? approved);
  if (denied?.status === "True")
    return {
      ...link,
      state: "failed",
      says: `was denied: ${reasoned(denied)}`,
      fix: "admit the request in the policy of the approver; a new one is made when cert-manager tries again",
    };
  if (approved?.status === "True")
    return { state: "good", says: `was given by ${approved.reason || "somebody"}`, ...link };
  return {
    ...link,
    state: "waiting",
    says: "is missing: nobody has approved or denied the request",
    fix: "see that an approver runs (cert-manager's own, or approver-policy with a policy for these names)",
  };
});

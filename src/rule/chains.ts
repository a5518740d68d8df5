import type { Chain, Link } from "../model/issuance/chain.ts";
import { nameOf } from "../model/object.ts";
import { rfc3339 } from "../model/time.ts";
import type { Related, Topic } from "./finding.ts";

/** "ClusterIssuer/knative-ca is not Ready: ErrGetKeyPair: ...". */
export function saysOf({ step, ref, says }: Link): string {
  if (step === "approval") return `the approval of ${nameOf(ref)} ${says}`;
  return `${nameOf(ref)} ${says}`;
}

/** The whole chain, a line each, with the link that holds up the others marked. */
export function evidenceOf({ links, cause }: Chain): readonly string[] {
  return links.map((link) => `${saysOf(link)}${link === cause ? "  <- here" : ""}`);
}

/** The place of the cause and what is known of the times, for findings about a certificate. */
export function relatedOf({ cause }: Chain): readonly Related[] {
  return cause?.place ? [{ place: cause.place, note: "the cause" }] : [];
}

/** "; 3 attempts have failed, the next is at 2026-11-24T16:00:00Z"; "" where no attempt has failed. */
export function attemptsOf({ failedAttempts, nextAttempt }: Chain, now: Date): string {
  if (!nextAttempt) return "";
  const times = Math.max(1, failedAttempts);
  const failed = times === 1 ? "1 attempt has failed" : `${String(times)} attempts have failed`;
  const next =
    nextAttempt > now ? `the next is at ${rfc3339(nextAttempt)}` : "and the next is due now";
  return `; ${failed}, ${next}`;
}

/** What the state of the chain rests on: findings about it explain what holds up the certificate. */
export function topicsOfCause({ links, cause }: Chain): readonly Topic[] {
  const issuer = links.find(({ step }) => step === "issuer");
  if (!cause || !issuer) return [];
  const untouched = cause.state !== "failed" && cause.step === "CertificateRequest";
  if (cause.step === "Certificate" || untouched) return [componentTopic("cert-manager")];
  return cause.step === "approval" ? [`approval ${nameOf(issuer.ref)}`] : [nameOf(issuer.ref)];
}

/** What a component that does not run is known by. */
export function componentTopic(name: string): Topic {
  return `component ${name}`;
}

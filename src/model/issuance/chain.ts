import type { KubeObject, SubjectRef } from "../object.ts";
import type { Place } from "../place.ts";

/** The links of a chain, in the order in which one rests on the next. */
type Step =
  | "KService"
  | "Route"
  | "KCertificate"
  | "Certificate"
  | "CertificateRequest"
  | "approval"
  | "Order"
  | "Challenge"
  | "issuer"
  | "CA Secret"
  | "Secret";

/**
 * good: it does its part. waiting: it waits for a later link, or for time. failed: it says no. missing: it should
 * exist and is known not to. unknown: the objects at hand do not tell.
 */
export type LinkState = "good" | "waiting" | "failed" | "missing" | "unknown";

/**
 * One thing on which a certificate rests. Those that are good, which most are, are made with the spread at the end: where
 * it comes first, each object gets a hidden class of its own in Node 20, which is larger than the object.
 */
export interface Link {
  readonly step: Step;
  readonly ref: SubjectRef;
  readonly object: KubeObject | undefined;
  readonly state: LinkState;
  /** What is to be seen of it, as the second half of a sentence: "is not Ready: ErrGetKeyPair: ...". */
  readonly says: string;
  /** What to do about it, where only this link knows. */
  readonly fix?: string | undefined;
  readonly place?: Place | undefined;
  /** Since when it is so. */
  readonly since?: Date | undefined;
}

/** Everything that one certificate rests on. */
export interface Chain {
  readonly links: readonly Link[];
  /** The link that holds up all before it: the last one that failed or is missing, else the last that waits or is unknown. */
  readonly cause: Link | undefined;
  /** Failed attempts in a row (status.failedIssuanceAttempts). */
  readonly failedAttempts: number;
  readonly lastFailure: Date | undefined;
  /** When cert-manager tries again; undefined: it waits for no time. */
  readonly nextAttempt: Date | undefined;
}

export function causeOf(links: readonly Link[]): Link | undefined {
  return (
    links.findLast(({ state }) => state === "failed" || state === "missing") ??
    links.findLast(({ state, step }) => state === "waiting" && step !== "Secret") ??
    links.findLast(({ state }) => state === "unknown")
  );
}

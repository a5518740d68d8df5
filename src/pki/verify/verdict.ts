import type { Certificate } from "../certificate/certificate.ts";

export type ProblemCode =
  | "unknown-authority"
  | "expired"
  | "not-yet-valid"
  | "name"
  | "constraint"
  | "usage"
  | "not-supported";

export interface Problem {
  readonly code: ProblemCode;
  /** Reads on after the name of the certificate: "has expired on 2024-02-20". */
  readonly why: string;
}

/** One certificate that was looked at on the way from the leaf to an anchor. */
export interface Attempt {
  /** From the leaf up; the last one is the one that was judged. */
  readonly path: readonly Certificate[];
  readonly role: "leaf" | "intermediate" | "anchor";
  /** Undefined: it fits. */
  readonly problem: Problem | undefined;
}

export type Chain = readonly Certificate[];

export type Verdict = Valid | Invalid;

interface Valid {
  readonly ok: true;
  /** Each from the leaf to its anchor. */
  readonly chains: readonly Chain[];
  /** The last instant at which one of the chains is valid, if nothing changes. */
  readonly until: Date;
  readonly tried: readonly Attempt[];
}

interface Invalid {
  readonly ok: false;
  readonly code: ProblemCode;
  /** A sentence without its full stop. */
  readonly why: string;
  readonly tried: readonly Attempt[];
}

export function valid(chains: readonly Chain[], tried: readonly Attempt[]): Verdict {
  const until = Math.max(...chains.map(earliestExpiry));
  return { ok: true, chains, until: new Date(until), tried };
}

function earliestExpiry(chain: Chain): number {
  return chain.reduce((first, { notAfter }) => Math.min(first, notAfter.getTime()), Infinity);
}

/** What people know a certificate by. */
export function title({ subject, names, serial }: Certificate): string {
  const name = subject.text || names.dns[0];
  return name ? `"${name}"` : `the certificate with serial number ${serial.toString(16)}`;
}

/** For Go, a certificate is still valid at the very instant that it ends with. */
export function timeProblem(certificate: Certificate, now: Date): Problem | undefined {
  if (now < certificate.notBefore) {
    return { code: "not-yet-valid", why: `is not valid before ${text(certificate.notBefore)}` };
  }
  return now > certificate.notAfter
    ? { code: "expired", why: `expired on ${text(certificate.notAfter)}` }
    : undefined;
}

function text(date: Date): string {
  return date.toISOString().replace(".000Z", "Z");
}

import type { SubjectRef } from "../model/object.ts";
import type { Place } from "../model/place.ts";

/** error: traffic or issuance breaks; warning: it breaks under a named condition; info: worth knowing. */
export const severities = ["error", "warning", "info"] as const;
export type Severity = (typeof severities)[number];

export function isSeverity(name: string): name is Severity {
  return (severities as readonly string[]).includes(name);
}

/** True when `a` is as bad as `b` or worse. */
export function atLeastAsBad(a: Severity, b: Severity): boolean {
  return severities.indexOf(a) <= severities.indexOf(b);
}

/** Another place that belongs to a finding: the issuer, the bundle, the second definition. */
export interface Related {
  readonly place: Place;
  readonly note: string;
}

/**
 * What ties findings together, such as "ClusterIssuer/knative-ca" or "reference issuerRef": a finding whose every
 * `dependsOn` is among what findings of the rules it follows `affect` is their consequence, not a fault of its own.
 */
export type Topic = string;

/** What a rule says about one fault. Plain data. */
export interface Finding {
  readonly code: string;
  readonly id: string;
  readonly severity: Severity;
  readonly world: string;
  readonly subject: SubjectRef;
  readonly messageId: string;
  /** The fault in one sentence. */
  readonly message: string;
  /** What it breaks; "" where the message says it all. */
  readonly consequence: string;
  /** What to do; "" where only the user can know. */
  readonly remedy: string;
  readonly place: Place | undefined;
  readonly related: readonly Related[];
  /** How the verdict was reached, a line each. */
  readonly evidence: readonly string[];
  /** The handshakes it breaks, "activator -> queue-proxy in namespace shop". */
  readonly handshakes: readonly string[];
  /** When it takes effect, RFC 3339; undefined: now. */
  readonly from: string | undefined;
  /** Fingerprints of the findings it follows from; empty for a root. */
  readonly causes: readonly string[];
  /** The same for the same fault, wherever its lines have moved: rule, object, path. 32 hex digits. */
  readonly fingerprint: string;
  /** Why it does not count: the user lives with it, or a baseline has it. */
  readonly accepted: "suppressed" | "baseline" | undefined;
}

/** Findings of a baseline by their fingerprints, with how bad each was; undefined where it does not say. */
export type KnownFindings = ReadonlyMap<string, Severity | undefined>;

export function isRoot(finding: Finding): boolean {
  return finding.causes.length === 0;
}

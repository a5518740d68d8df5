import type { SubjectRef } from "../model/object.ts";
import type { Place } from "../model/place.ts";

/**
 * holds: the dialer accepts what the endpoint presents. fails: it does not, or there is nothing to accept.
 * unknown: the objects at hand do not decide it.
 */
export type Verdict = "holds" | "fails" | "unknown";

/** What a handshake fails on, or, where the verdict is unknown, what is not known. */
type ReasonCode =
  /** The endpoint has no certificate to present. */
  | "no-certificate"
  /** The dialer trusts nobody. */
  | "no-trust"
  | "unknown-authority"
  | "expired"
  | "not-yet-valid"
  /** The certificate lacks a name that the dialer asks for. */
  | "name"
  /** A CA on the way may not sign for this: its name constraints or its path length. */
  | "constraint"
  /** A certificate on the way is not for server authentication, or its issuer not for signing. */
  | "usage"
  /** The endpoint's private key is not that of its certificate. */
  | "key-mismatch"
  /** What should be certificates cannot be read as such. */
  | "malformed"
  | "dialer-cannot-start"
  /** The dialer has no support for TLS to this endpoint. */
  | "not-supported";

export interface Reason {
  readonly code: ReasonCode;
  /** One sentence without a full stop. */
  readonly text: string;
  /** The object whose fault it is: what is missing, or keeps something from being issued. */
  readonly about?: SubjectRef;
}

/** What takes part in a handshake; a client outside of Knative has no namespace. */
export type Component =
  | "activator"
  | "queue-proxy"
  | "kourier-gateway"
  | "contour-gateway"
  | "istio-gateway"
  | "gateway-api-gateway"
  | "broker-ingress"
  | "broker-filter"
  | "imc-dispatcher"
  | "job-sink"
  | "event-sender"
  | "client";

export interface Party {
  readonly component: Component;
  /** "" where it is not in the cluster, or anywhere in it. */
  readonly namespace: string;
}

/** Where a certificate was read: "Secret/shop/serving-certs tls.crt". */
export interface Origin {
  readonly object: SubjectRef;
  readonly key: string;
  readonly place: Place | undefined;
}

/** A certificate in a chain, the presented one first, the anchor last. Times are RFC 3339. */
export interface Link {
  readonly subject: string;
  readonly issuer: string;
  /** SHA-256 of the DER, lower-case hex. */
  readonly sha256: string;
  readonly notBefore: string;
  readonly notAfter: string;
  readonly from: Origin;
}

/** A path that the dialer's verifier tried, and why it was no good. */
export interface Tried {
  /** Subjects from the presented certificate to the one that was refused. */
  readonly path: readonly string[];
  readonly why: string;
}

/** One dialer that opens TLS to one endpoint, and whether that works. Plain data. */
export interface Handshake {
  readonly dialer: Party;
  readonly endpoint: Party;
  /** The Secret whose `tls.crt` the endpoint presents, whether or not it exists; null while its name is not known. */
  readonly presents: SubjectRef | null;
  /** The names that the dialer looks for in the certificate. */
  readonly serverNames: readonly string[];
  readonly verdict: Verdict;
  /** Null where the handshake holds. */
  readonly reason: Reason | null;
  /** When the verdict turns to fails if no object changes, RFC 3339; null where that is not known or has happened. */
  readonly until: string | null;
  /** The chain that holds longest; where the handshake does not hold, what is presented. */
  readonly chain: readonly Link[];
  readonly tried: readonly Tried[];
  /** What else is worth knowing, such as that a running dialer may hold older inputs. */
  readonly note: string | null;
}

/**
 * "activator -> queue-proxy in namespace shop", "client -> kourier-gateway for hello.shop.example.com",
 * "kourier-gateway -> activator in namespace knative-serving for kn-user-shop".
 */
export function labelOf({
  dialer,
  endpoint,
  serverNames,
}: Pick<Handshake, "dialer" | "endpoint" | "serverNames">): string {
  const [name] = serverNames;
  const isClient = dialer.component === "client" && name !== undefined;
  const where = endpoint.namespace && !isClient ? ` in namespace ${endpoint.namespace}` : "";
  const isOfNamespace = endpoint.component === "activator" && serverNames.length > 1;
  const which = isClient || isOfNamespace ? ` for ${name ?? ""}` : "";
  return `${dialer.component} -> ${endpoint.component}${where}${which}`;
}

import type { Source } from "../fact.ts";
import { annotationValue } from "./annotations.ts";
import type { KubeObject } from "../object.ts";
import type { Place } from "../place.ts";
import { certificateNames, type CertificateNames } from "./common-name.ts";
import type { IssuerReferenceKey } from "./nested-keys.ts";
import type { NetworkConfig } from "./network-config.ts";

export type CertificateType = "external-domain" | "cluster-local-domain" | "system-internal";

/** Which controller of Serving asks for the certificate. */
export type DemandOrigin = "route" | "wildcard" | "domain-mapping" | "activator" | "queue-proxy";

/** A certificate that Knative will ask for, whether or not a cluster has it yet. */
export interface Demand {
  readonly type: CertificateType;
  readonly origin: DemandOrigin;
  /** The reference in config-certmanager that names its issuer. */
  readonly issuerKey: IssuerReferenceKey;
  readonly namespace: string;
  /** Name of the KCertificate, its Certificate and its Secret; undefined while the Route has no UID to name it by. */
  readonly name: string | undefined;
  /** Names in the KCertificate. */
  readonly dnsNames: readonly string[];
  /** The base domain in the KCertificate; "" where it has none. */
  readonly domain: string;
  /** What cert-manager will be asked for. */
  readonly names: CertificateNames;
  /** The certificate class; only cert-manager's is handled by Serving. */
  readonly certificateClass: string;
  /** The object that makes Knative ask. */
  readonly owner: KubeObject | undefined;
  readonly place: Place | undefined;
}

export interface Demands {
  readonly list: readonly Demand[];
  /** Certificates that may be wanted, with the reason why that is not known. */
  readonly unsure: readonly Unsure[];
}

export interface Unsure {
  readonly type: CertificateType;
  readonly owner: KubeObject | undefined;
  readonly why: string;
}

/** Demands as they are gathered, one controller of Serving after the other. */
export interface Collected {
  readonly source: Source;
  readonly network: NetworkConfig;
  readonly list: Demand[];
  readonly unsure: Unsure[];
}

export type Wanted = Omit<Demand, "issuerKey" | "names">;

const issuerKeys = {
  "external-domain": "issuerRef",
  "cluster-local-domain": "clusterLocalIssuerRef",
  "system-internal": "systemInternalIssuerRef",
} as const satisfies Record<CertificateType, IssuerReferenceKey>;

export function add(to: Collected, wanted: Wanted): void {
  to.list.push({
    ...wanted,
    issuerKey: issuerKeys[wanted.type],
    names: certificateNames(wanted.dnsNames, wanted.domain),
  });
}

/** The certificate class of a Route, KService or Namespace: its own annotation, else the configured one. */
export function classOf(object: KubeObject, network: NetworkConfig): string {
  return annotationValue(object, "certificateClass") ?? network.certificateClass.value;
}

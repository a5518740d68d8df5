import type { Source } from "../fact.ts";
import { annotationValue } from "./annotations.ts";
import type { KubeObject } from "../object.ts";
import type { Place } from "../place.ts";
import { certificateNames, type CertificateNames } from "./common-name.ts";
import type { IssuerReferenceKey } from "./nested-keys.ts";
import type { NetworkConfig } from "./network-config.ts";

export type CertificateType = "external-domain" | "cluster-local-domain" | "system-internal";

/** Which controller of Serving asks for the certificate. */
type DemandOrigin = "route" | "wildcard" | "domain-mapping" | "activator" | "queue-proxy";

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
  /** The domain of a namespace wildcard; "" for every other origin. */
  readonly wildcardOf: string;
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
  /** Where the input need not hold all services: what external certificates of others would be for. */
  readonly expected: readonly ExpectedName[];
}

interface ExpectedName {
  /** An example, as good as any other. */
  readonly dnsName: string;
  /** What it stands for. */
  readonly says: string;
}

interface Unsure {
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
  readonly expected: ExpectedName[];
}

export type Wanted = Omit<Demand, "issuerKey" | "names" | "wildcardOf"> &
  Partial<Pick<Demand, "wildcardOf">>;

const issuerKeys = {
  "external-domain": "issuerRef",
  "cluster-local-domain": "clusterLocalIssuerRef",
  "system-internal": "systemInternalIssuerRef",
} as const satisfies Record<CertificateType, IssuerReferenceKey>;

export function add(to: Collected, wanted: Wanted): void {
  to.list.push({
    wildcardOf: "",
    ...wanted,
    issuerKey: issuerKeys[wanted.type],
    names: certificateNames(wanted.dnsNames, wanted.domain),
  });
}

/** The certificate class of a Route, KService or Namespace: its own annotation, else the configured one. */
export function classOf(object: KubeObject, network: NetworkConfig): string {
  return annotationValue(object, "certificateClass") ?? network.certificateClass.value;
}

/** The labels of the KCertificate, which its Certificate and ACME Order carry too. */
export function kcertificateLabels(demand: Demand): ReadonlyMap<string, string> {
  const type = ["networking.knative.dev/certificate-type", demand.type] as const;
  const owner = demand.owner?.name ?? "";
  switch (demand.origin) {
    case "route":
      return new Map([type, ["serving.knative.dev/route", owner]]);
    case "domain-mapping":
      return new Map([type, ["serving.knative.dev/domainMappingUID", owner]]);
    case "wildcard":
      return new Map([["networking.knative.dev/wildcardDomain", demand.wildcardOf]]);
    default:
      return new Map([type]);
  }
}

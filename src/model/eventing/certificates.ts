/** A Certificate that a release of Eventing brings for one of its servers, in Eventing's own namespace. */
export interface EventingCertificate {
  readonly name: string;
  readonly service: string;
  /** The Deployment that serves with it; where that is not installed, the Certificate is not needed. */
  readonly deployment: string;
}

/** eventing-tls-networking.yaml of release 1.22: config/{core-tls,brokers/mt-channel-broker-tls,channels/in-memory-channel-tls}. */
export const eventingCertificates: readonly EventingCertificate[] = [
  { name: "imc-dispatcher-server-tls", service: "imc-dispatcher", deployment: "imc-dispatcher" },
  { name: "job-sink-server-tls", service: "job-sink", deployment: "job-sink" },
  { name: "mt-broker-filter-server-tls", service: "broker-filter", deployment: "mt-broker-filter" },
  {
    name: "mt-broker-ingress-server-tls",
    service: "broker-ingress",
    deployment: "mt-broker-ingress",
  },
];

/** The ClusterIssuer that they name (eventing pkg/certificates/certificate.go). */
export const eventingIssuer = "knative-eventing-ca-issuer";

/** The name under which senders dial the server; Eventing puts it into the addresses it advertises. */
export function serverName(service: string, namespace: string, clusterDomain: string): string {
  return `${service}.${namespace}.svc.${clusterDomain}`;
}

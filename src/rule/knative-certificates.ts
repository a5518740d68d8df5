import { annotationValue } from "../model/knative/annotations.ts";
import type { CertificateType } from "../model/knative/demand.ts";
import { certManagerClass } from "../model/knative/network-config.ts";
import type { NetworkConfig } from "../model/knative/network-config.ts";
import { workingNetwork, type KnativeConfig } from "../model/knative/config.ts";
import type { KubeObject } from "../model/object.ts";
import { perObject } from "../model/per-object.ts";
import type { Severity } from "./finding.ts";

const typeLabel = "networking.knative.dev/certificate-type";

/** The type of a KCertificate; one without the label is issued as an external one (cert_manager_certificate.go). */
export function typeOf(kcertificate: KubeObject): CertificateType {
  const type = kcertificate.labels.get(typeLabel);
  return type === "cluster-local-domain" || type === "system-internal" ? type : "external-domain";
}

/** True for KCertificates that Knative hands to cert-manager. */
export const isForCertManager = perObject((kcertificate) => {
  const written = annotationValue(kcertificate, "certificateClass");
  return written === undefined || written === certManagerClass;
});

/** What Knative cannot do while a certificate is not there. */
export function breaksWithout(kcertificate: KubeObject): string {
  const { namespace } = kcertificate;
  switch (typeOf(kcertificate)) {
    case "cluster-local-domain":
      return "its Route does not become Ready: there is no way back to plain HTTP for cluster-local names";
    case "system-internal":
      return kcertificate.name === "serving-certs"
        ? `no Revision is deployed in namespace ${namespace}`
        : "the activator does not start, and the ingress trusts nothing";
    case "external-domain":
      return "its host has no HTTPS; with http-protocol Enabled it is served over plain HTTP and still called Ready";
  }
}

/** As bad as `worst` where the feature that wants the certificate is on; worth knowing where it is off. */
export function severityByType(
  kcertificate: KubeObject,
  config: KnativeConfig,
  worst: Severity,
): Severity {
  const network = workingNetwork(config);
  if (!network.known) return worst === "error" ? "warning" : worst;
  return isWanted(kcertificate, network.value) ? worst : "info";
}

function isWanted(kcertificate: KubeObject, network: NetworkConfig): boolean {
  switch (typeOf(kcertificate)) {
    case "cluster-local-domain":
      return network.clusterLocalDomainTls.value;
    case "system-internal":
      return network.systemInternalTls.value;
    case "external-domain":
      return network.externalDomainTls.value || network.wildcardSelector !== undefined;
  }
}

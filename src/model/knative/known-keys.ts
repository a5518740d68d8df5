import { exampleKey, issuerReferenceKeys } from "./nested-keys.ts";
import { legacyKeys, networkKeys } from "./network-config.ts";
import type { ConfigName } from "./settings.ts";

/** Keys that once turned protection on and are passed over since networking 1.12. */
export const removedTrustKeys: readonly string[] = [
  "dataplane-trust",
  "controlplane-trust",
  "activator-ca",
  "activator-san",
  "activator-cert-secret",
  "queue-proxy-ca",
  "queue-proxy-san",
  "queue-proxy-cert-secret",
];

/** Keys that were renamed and are passed over since. */
export const renamedKeys: Readonly<Record<string, string>> = {
  clusterInternalIssuerRef: "clusterLocalIssuerRef",
};

/** serving pkg/apis/config/features.go, release 1.23. */
const podSpecFeatures = [
  "affinity",
  "dnsconfig",
  "dnspolicy",
  "fieldref",
  "hostaliases",
  "hostipc",
  "hostnetwork",
  "hostpid",
  "init-containers",
  "nodeselector",
  "persistent-volume-claim",
  "persistent-volume-write",
  "priorityclassname",
  "runtimeclassname",
  "schedulername",
  "securitycontext",
  "shareprocessnamespace",
  "tolerations",
  "topologyspreadconstraints",
  "volumes-csi",
  "volumes-emptydir",
  "volumes-ephemeral",
  "volumes-hostpath",
  "volumes-image",
  "volumes-mount-propagation",
];
const servingFeatures: readonly string[] = [
  "autodetect-http2",
  "kubernetes.containerspec-addcapabilities",
  "multi-container",
  "multi-container-probing",
  "queueproxy.mount-podinfo",
  "queueproxy.resource-defaults",
  "responsive-revision-gc",
  "secure-pod-defaults",
  "tag-header-based-routing",
  ...podSpecFeatures.map((name) => `kubernetes.podspec-${name}`),
];

/** Every key that Serving reads from a ConfigMap, in any spelling; undefined where keys are free. */
export function knownKeys(name: ConfigName): ReadonlySet<string> | undefined {
  switch (name) {
    case "config-certmanager":
      return new Set([...issuerReferenceKeys, exampleKey]);
    case "config-network":
      return new Set([
        ...networkKeys,
        ...Object.values(legacyKeys).flat(),
        ...removedTrustKeys,
        exampleKey,
      ]);
    case "config-features":
      return new Set([...servingFeatures, exampleKey]);
    default:
      return undefined;
  }
}

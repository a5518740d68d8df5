import { distance } from "fastest-levenshtein";
import { groupOf, kindOf, kinds, knowsVersion, versionOf } from "./kinds.ts";

/** The kinds of each API group whose objects this program is about, those it does not read included. */
const kindsByGroup: Readonly<Record<string, readonly string[]>> = {
  "": [
    "Binding",
    "ComponentStatus",
    "ConfigMap",
    "Endpoints",
    "Event",
    "LimitRange",
    "Namespace",
    "Node",
    "PersistentVolume",
    "PersistentVolumeClaim",
    "Pod",
    "PodTemplate",
    "ReplicationController",
    "ResourceQuota",
    "Secret",
    "Service",
    "ServiceAccount",
  ],
  "acme.cert-manager.io": ["Challenge", "Order"],
  "cert-manager.io": ["Certificate", "CertificateRequest", "ClusterIssuer", "Issuer"],
  "networking.internal.knative.dev": [
    "Certificate",
    "ClusterDomainClaim",
    "Ingress",
    "ServerlessService",
  ],
  "operator.knative.dev": ["KnativeEventing", "KnativeServing"],
  "serving.knative.dev": ["Configuration", "DomainMapping", "Revision", "Route", "Service"],
  "trust.cert-manager.io": ["Bundle"],
};

/** Groups whose names come close to one of those above, and that are no slip. */
const neighbours: ReadonlySet<string> = new Set([
  "autoscaling.internal.knative.dev",
  "bindings.knative.dev",
  "caching.internal.knative.dev",
  "certmanager.k8s.io",
  "eventing.knative.dev",
  "flows.knative.dev",
  "messaging.knative.dev",
  "sinks.knative.dev",
  "sources.knative.dev",
  "trust-manager.io",
]);

/** Why an API server has no such resource; undefined where it has one, or where that cannot be told. */
export function resourceProblem(apiVersion: string, kind: string): string | undefined {
  const known = kindOf(apiVersion, kind);
  if (known) {
    if (knowsVersion(known, apiVersion)) return undefined;
    return `${kind} has no version "${versionOf(apiVersion)}" in group "${kinds[known].group}", only ${kinds[known].versions.join(", ")}`;
  }
  const group = groupOf(apiVersion);
  const there = kindsByGroup[group];
  if (group === "" && apiVersion !== "v1") return `there is no API version "${apiVersion}"`;
  if (there)
    return there.includes(kind)
      ? undefined
      : `${group === "" ? "v1" : `group "${group}"`} has no kind ${kind}`;
  const meant = neighbours.has(group) ? undefined : slipOf(group);
  return meant && `there is no API group "${group}"; did you mean "${meant}"?`;
}

/** The group of ours of which this one is a slip of at most two letters; groups of other makers are further away. */
function slipOf(group: string): string | undefined {
  return Object.keys(kindsByGroup).find((ours) => ours !== "" && distance(group, ours) <= 2);
}

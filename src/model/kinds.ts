interface KindInfo {
  /** API group; "" is the core group. */
  readonly group: string;
  /** The kind as manifests spell it: Knative's and cert-manager's Certificate are both "Certificate". */
  readonly kind: string;
  /** Versions whose fields the model knows; the first is the one to ask an API server for. */
  readonly versions: readonly [string, ...string[]];
  readonly plural: string;
  readonly namespaced: boolean;
}

/**
 * Every kind the model reads, under a name that is unique here:
 * KCertificate is networking.internal.knative.dev Certificate, KService is serving.knative.dev Service.
 */
export const kinds = {
  Broker: {
    group: "eventing.knative.dev",
    kind: "Broker",
    versions: ["v1"],
    plural: "brokers",
    namespaced: true,
  },
  Bundle: {
    group: "trust.cert-manager.io",
    kind: "Bundle",
    versions: ["v1alpha1"],
    plural: "bundles",
    namespaced: false,
  },
  Certificate: {
    group: "cert-manager.io",
    kind: "Certificate",
    versions: ["v1"],
    plural: "certificates",
    namespaced: true,
  },
  CertificateRequest: {
    group: "cert-manager.io",
    kind: "CertificateRequest",
    versions: ["v1"],
    plural: "certificaterequests",
    namespaced: true,
  },
  CertificateRequestPolicy: {
    group: "policy.cert-manager.io",
    kind: "CertificateRequestPolicy",
    versions: ["v1alpha1"],
    plural: "certificaterequestpolicies",
    namespaced: false,
  },
  Challenge: {
    group: "acme.cert-manager.io",
    kind: "Challenge",
    versions: ["v1"],
    plural: "challenges",
    namespaced: true,
  },
  Channel: {
    group: "messaging.knative.dev",
    kind: "Channel",
    versions: ["v1"],
    plural: "channels",
    namespaced: true,
  },
  ClusterBundle: {
    group: "trust-manager.io",
    kind: "ClusterBundle",
    versions: ["v1alpha2"],
    plural: "clusterbundles",
    namespaced: false,
  },
  ClusterDomainClaim: {
    group: "networking.internal.knative.dev",
    kind: "ClusterDomainClaim",
    versions: ["v1alpha1"],
    plural: "clusterdomainclaims",
    namespaced: false,
  },
  ClusterIssuer: {
    group: "cert-manager.io",
    kind: "ClusterIssuer",
    versions: ["v1"],
    plural: "clusterissuers",
    namespaced: false,
  },
  ConfigMap: {
    group: "",
    kind: "ConfigMap",
    versions: ["v1"],
    plural: "configmaps",
    namespaced: true,
  },
  Configuration: {
    group: "serving.knative.dev",
    kind: "Configuration",
    versions: ["v1"],
    plural: "configurations",
    namespaced: true,
  },
  CustomResourceDefinition: {
    group: "apiextensions.k8s.io",
    kind: "CustomResourceDefinition",
    versions: ["v1"],
    plural: "customresourcedefinitions",
    namespaced: false,
  },
  Deployment: {
    group: "apps",
    kind: "Deployment",
    versions: ["v1"],
    plural: "deployments",
    namespaced: true,
  },
  DomainMapping: {
    group: "serving.knative.dev",
    kind: "DomainMapping",
    versions: ["v1beta1", "v1alpha1"],
    plural: "domainmappings",
    namespaced: true,
  },
  InMemoryChannel: {
    group: "messaging.knative.dev",
    kind: "InMemoryChannel",
    versions: ["v1"],
    plural: "inmemorychannels",
    namespaced: true,
  },
  Issuer: {
    group: "cert-manager.io",
    kind: "Issuer",
    versions: ["v1"],
    plural: "issuers",
    namespaced: true,
  },
  JobSink: {
    group: "sinks.knative.dev",
    kind: "JobSink",
    versions: ["v1alpha1"],
    plural: "jobsinks",
    namespaced: true,
  },
  KCertificate: {
    group: "networking.internal.knative.dev",
    kind: "Certificate",
    versions: ["v1alpha1"],
    plural: "certificates",
    namespaced: true,
  },
  KIngress: {
    group: "networking.internal.knative.dev",
    kind: "Ingress",
    versions: ["v1alpha1"],
    plural: "ingresses",
    namespaced: true,
  },
  KnativeEventing: {
    group: "operator.knative.dev",
    kind: "KnativeEventing",
    versions: ["v1beta1", "v1alpha1"],
    plural: "knativeeventings",
    namespaced: true,
  },
  KnativeServing: {
    group: "operator.knative.dev",
    kind: "KnativeServing",
    versions: ["v1beta1", "v1alpha1"],
    plural: "knativeservings",
    namespaced: true,
  },
  KService: {
    group: "serving.knative.dev",
    kind: "Service",
    versions: ["v1"],
    plural: "services",
    namespaced: true,
  },
  MutatingWebhookConfiguration: {
    group: "admissionregistration.k8s.io",
    kind: "MutatingWebhookConfiguration",
    versions: ["v1"],
    plural: "mutatingwebhookconfigurations",
    namespaced: false,
  },
  Namespace: {
    group: "",
    kind: "Namespace",
    versions: ["v1"],
    plural: "namespaces",
    namespaced: false,
  },
  Order: {
    group: "acme.cert-manager.io",
    kind: "Order",
    versions: ["v1"],
    plural: "orders",
    namespaced: true,
  },
  Pod: { group: "", kind: "Pod", versions: ["v1"], plural: "pods", namespaced: true },
  Revision: {
    group: "serving.knative.dev",
    kind: "Revision",
    versions: ["v1"],
    plural: "revisions",
    namespaced: true,
  },
  Route: {
    group: "serving.knative.dev",
    kind: "Route",
    versions: ["v1"],
    plural: "routes",
    namespaced: true,
  },
  Secret: { group: "", kind: "Secret", versions: ["v1"], plural: "secrets", namespaced: true },
  ValidatingWebhookConfiguration: {
    group: "admissionregistration.k8s.io",
    kind: "ValidatingWebhookConfiguration",
    versions: ["v1"],
    plural: "validatingwebhookconfigurations",
    namespaced: false,
  },
  Service: { group: "", kind: "Service", versions: ["v1"], plural: "services", namespaced: true },
} as const satisfies Record<string, KindInfo>;

export type Kind = keyof typeof kinds;

export function isKind(name: string): name is Kind {
  return Object.hasOwn(kinds, name);
}

export const everyKind: readonly Kind[] = Object.keys(kinds).filter(isKind).toSorted();

const byGroupAndKind: ReadonlyMap<string, Kind> = new Map(
  everyKind.map((name) => [`${kinds[name].group}/${kinds[name].kind}`, name]),
);

/** The kind of an object by its `apiVersion` and `kind`; undefined for kinds that the model does not read. */
export function kindOf(apiVersion: string, kind: string): Kind | undefined {
  return byGroupAndKind.get(`${groupOf(apiVersion)}/${kind}`);
}

export function groupOf(apiVersion: string): string {
  const slash = apiVersion.indexOf("/");
  return slash === -1 ? "" : apiVersion.slice(0, slash);
}

/** The version in an `apiVersion`, whatever the group. */
export function versionOf(apiVersion: string): string {
  return apiVersion.slice(apiVersion.indexOf("/") + 1);
}

/** True for versions whose fields the model knows. */
export function knowsVersion(kind: Kind, apiVersion: string): boolean {
  const known: readonly string[] = kinds[kind].versions;
  return known.includes(versionOf(apiVersion));
}

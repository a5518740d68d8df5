/** What objects alone cannot say about a world; every entry has the default of a plain installation. */
export interface Environment {
  /** DNS domain of the cluster (knative/pkg network/domain.go: CLUSTER_DOMAIN, resolv.conf, else cluster.local). */
  readonly clusterDomain: string;
  readonly namespaces: Namespaces;
  /** Versions the user stated; the versions that Deployments show are read from the inventory. */
  readonly versions: {
    readonly knative?: string;
    readonly certManager?: string;
    readonly trustManager?: string;
  };
}

interface Namespaces {
  readonly serving: string;
  readonly eventing: string;
  readonly kourier: string;
  /** Where cert-manager reads the Secrets of ClusterIssuers; undefined: as its controller's flags say. */
  readonly clusterResource: string | undefined;
  /** Where trust-manager reads the sources of Bundles; undefined: as its flags say. */
  readonly trust: string | undefined;
}

export const plainEnvironment: Environment = {
  clusterDomain: "cluster.local",
  namespaces: {
    serving: "knative-serving",
    eventing: "knative-eventing",
    kourier: "kourier-system",
    clusterResource: undefined,
    trust: undefined,
  },
  versions: {},
};

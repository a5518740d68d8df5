import {
  at,
  bundleTarget,
  defineRule,
  examples,
  holderOf,
  placeOf,
  reaches,
  trustBundleLabel,
  workingNetwork,
  type View,
} from "../../src/rule/index.ts";

export default defineRule({
  code: "KC510",
  id: "clients-without-bundle",
  summary:
    "clients inside the cluster have no bundle with the CA of cluster-local names in their namespace",
  severity: "info",
  since: "0.1.0",
  citation:
    "https://knative.dev/docs/serving/encryption/configure-certmanager-integration/#trusting-for-cluster-internal-clients-eg-knative-or-vanilla-k8s-workload",
  reads: ["config", "trustManager", "Bundle", "ConfigMap", "KService", "Namespace", "Revision"],
  messages: {
    none: {
      says: "cluster-local-domain-tls is on, and no trust bundle reaches {namespaces}",
      breaks:
        "nothing in Knative: its components read no bundle there; but your own clients in these namespaces have to get the CA in another way to call services by https",
      fix: "let a trust-manager Bundle reach them, or build the CA into the images of the clients",
    },
  },
  *subjects(view) {
    const network = view.need(workingNetwork(view.fact("config")));
    const holder = holderOf(network.settings);
    if (network.clusterLocalDomainTls.value && holder)
      yield { ...holder, entry: network.clusterLocalDomainTls.entry };
  },
  *check({ entry, ...holder }, view, fault) {
    const bundled = new Set(
      view
        .all("ConfigMap")
        .filter(({ labels }) => labels.has(trustBundleLabel))
        .map(({ namespace }) => namespace),
    );
    const without = namespacesOf(view).filter(
      (namespace) => !bundled.has(namespace) && !isReached(namespace, view),
    );
    if (without.length === 0) return;
    const count = without.length === 1 ? "namespace" : "namespaces";
    yield fault("none", entry ? placeOf(entry) : at(holder), {
      namespaces: `${count} ${examples(without)}`,
    });
  },
});

type Seen = View<"trustManager" | "Bundle" | "ConfigMap" | "KService" | "Namespace" | "Revision">;

function namespacesOf(view: Seen): readonly string[] {
  const services = [...view.all("KService"), ...view.all("Revision")];
  return [...new Set(services.map(({ namespace }) => namespace))].toSorted();
}

/** A Bundle that may reach it counts: this is no more than information. */
function isReached(namespace: string, view: Seen): boolean {
  return view.all("Bundle").some((bundle) => {
    const target = bundleTarget(bundle);
    return (
      target !== undefined &&
      reaches(target, namespace, view.all("Namespace"), view.fact("trustManager")) !== false
    );
  });
}

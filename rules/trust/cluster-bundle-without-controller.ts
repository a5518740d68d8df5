import {
  at,
  atLeast,
  bundlesIn,
  defineRule,
  dig,
  nameOf,
  trustBundleLabel,
  type KubeObject,
} from "../../src/rule/index.ts";

const newest = "0.25";

export default defineRule({
  code: "KC517",
  id: "cluster-bundle-without-controller",
  summary:
    "a ClusterBundle is written for Knative's trust, but no trust-manager acts on ClusterBundles yet",
  severity: "error",
  since: "0.1.0",
  citation:
    "trust-manager 0.25.0 pkg/webhook/cluster_bundle.go, deploy/crds/trust-manager.io_clusterbundles.yaml (no controller reads the kind)",
  holdsFor: "trust-manager up to 0.25",
  reads: ["versions", "ClusterBundle"],
  messages: {
    noController: {
      says: "{bundle} labels its target for Knative, but trust-manager{version} has no controller for ClusterBundle",
      breaks:
        "the ClusterBundle is accepted and stays without status: no ConfigMap is written, and nothing in it is trusted",
      fix: "write a Bundle of trust.cert-manager.io/v1alpha1 instead",
    },
  },
  *subjects(view) {
    yield* view.all("ClusterBundle");
  },
  *check(bundle, view, fault) {
    if (labelOf(bundle) === undefined) return;
    const version = view.fact("versions").trustManager;
    if (version.known && atLeast(version.value, "0.26"))
      view.notEvaluated(
        `trust-manager ${version.value} is newer than ${newest}, the last release known here`,
      );
    const data = {
      bundle: nameOf(bundle),
      version: version.known ? ` ${version.value}` : ` up to ${newest}`,
    };
    const extra = {
      affects: [bundlesIn(view.environment.namespaces.serving)],
      ...(!version.known && { severity: "warning" as const }),
    };
    yield fault("noController", at(bundle, ["kind"]), data, extra);
  },
});

function labelOf(bundle: KubeObject) {
  return dig(bundle.raw, "spec", "target", "configMap", "metadata", "labels", trustBundleLabel);
}

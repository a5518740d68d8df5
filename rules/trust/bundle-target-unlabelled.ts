import {
  at,
  atLeast,
  bundlesIn,
  bundleTarget,
  defineRule,
  isLabelled,
  isTargetOf,
  meantForKnative,
  nameOf,
  observed,
  trustBundleLabel,
  workingNetwork,
  type KubeObject,
  type View,
} from "../../src/rule/index.ts";

const breaks =
  "Knative finds bundles by that label: the ConfigMaps are written, but no component of Knative trusts what is in them";

export default defineRule({
  code: "KC512",
  id: "bundle-target-unlabelled",
  summary: "a trust-manager Bundle meant for Knative writes ConfigMaps without Knative's label",
  severity: "error",
  since: "0.1.0",
  citation:
    "knative/serving pkg/activator/certificate/cache.go; trust-manager pkg/apis/trust/v1alpha1/types_bundle.go TargetMetadata (cert-manager/trust-manager#582, since 0.17)",
  reads: ["authorities", "config", "trustManager", "versions", "Bundle", "ConfigMap"],
  messages: {
    unlabelled: {
      says: "the target of {bundle} does not set the label networking.knative.dev/trust-bundle, though it seems to be meant for Knative: {why}",
      breaks,
      fix: 'give spec.target.configMap.metadata.labels the entry networking.knative.dev/trust-bundle: "true"',
    },
    tooOld: {
      says: "{bundle} labels its target, but trust-manager {version} knows no target metadata: that came with 0.17",
      breaks,
      fix: "upgrade trust-manager, or create the ConfigMap {name} with the label in the namespaces beforehand: trust-manager keeps labels it does not know",
    },
  },
  *subjects(view) {
    if (!view.need(workingNetwork(view.fact("config"))).systemInternalTls.value) return;
    yield* view.all("Bundle").filter((bundle) => bundleTarget(bundle) !== undefined);
  },
  *check(bundle, view, fault) {
    const labelled = isLabelled(bundle);
    const why = meantForKnative(bundle, view.fact("authorities"), view.fact("trustManager"));
    if (!labelled && why === undefined) return;
    const version = view.fact("versions").trustManager;
    const old = version.known && !atLeast(version.value, "0.17");
    const prepared = isPrepared(bundle, view);
    if ((labelled && !old) || prepared === true) return;
    const extra = {
      affects: [bundlesIn(view.environment.namespaces.serving)],
      severity: prepared === undefined ? "warning" : "error",
    } as const;
    const target = ["spec", "target", "configMap"];
    if (labelled && version.known)
      yield fault(
        "tooOld",
        at(bundle, [...target, "metadata", "labels", trustBundleLabel], "key"),
        { bundle: nameOf(bundle), version: version.value, name: bundle.name },
        extra,
      );
    else
      yield fault(
        "unlabelled",
        at(bundle, target, "key"),
        { bundle: nameOf(bundle), why: why ?? "" },
        extra,
      );
  },
});

/** Whether a ConfigMap of the Bundle's name has the label already: trust-manager leaves it there. */
function isPrepared(bundle: KubeObject, view: View<"ConfigMap">): boolean | undefined {
  const { serving } = view.environment.namespaces;
  const answer = view.lookup("ConfigMap", serving, bundle.name);
  if (answer.state !== "found") return answer.state === "missing" ? false : undefined;
  if (!answer.object.labels.has(trustBundleLabel)) return false;
  // A Bundle that is only written has not synced yet: the label may be what it takes away.
  return observed(bundle) || !isTargetOf(answer.object, bundle) ? true : undefined;
}

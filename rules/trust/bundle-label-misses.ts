import {
  at,
  bundlesIn,
  certificateKeys,
  defineRule,
  nameOf,
  nearest,
  trustBundleLabel,
  type KubeObject,
  type View,
} from "../../src/rule/index.ts";

export default defineRule({
  code: "KC505",
  id: "bundle-label-misses",
  summary: "a bundle's label does not select it, or says something else than it does",
  severity: "error",
  since: "0.1.0",
  citation:
    "knative/serving pkg/activator/certificate/cache.go getLabelSelector; knative/eventing pkg/eventingtls/trust_bundle.go TrustBundleSelector",
  reads: ["stores", "ConfigMap"],
  follows: ["KC512"],
  messages: {
    misspelt: {
      says: "{configMap} holds certificates and has the label {written}; Knative finds bundles by networking.knative.dev/trust-bundle",
      breaks: "no component of Knative reads it, and none says so",
      fix: 'write networking.knative.dev/trust-bundle: "true"',
    },
    annotation: {
      says: "{configMap} holds certificates and has networking.knative.dev/trust-bundle as an annotation; Knative looks for a label",
      breaks: "no component of Knative reads it, and none says so",
      fix: "move it to metadata.labels",
    },
    notForEventing: {
      says: '{configMap} has the label networking.knative.dev/trust-bundle: "{value}"; Eventing selects the value "true" and nothing else',
      breaks: "Eventing does not read it, and copies it to no namespace",
      fix: 'write networking.knative.dev/trust-bundle: "true"',
    },
    stillCounts: {
      says: '{configMap} has the label networking.knative.dev/trust-bundle: "{value}", and is read all the same: Serving looks for the key, whatever its value',
      breaks: "who writes this to turn the bundle off goes on trusting it",
      fix: 'remove the label to turn it off, or write "true" if it is meant',
    },
  },
  *subjects(view) {
    const searched = searchedBy(view);
    yield* view
      .all("ConfigMap")
      .filter((one) => searched.has(one.namespace) && (isMeant(one) || slipOf(one) !== undefined))
      .filter((one) => holdsCertificates(one));
  },
  *check(configMap, view, fault) {
    const extra = { affects: [bundlesIn(configMap.namespace)] };
    const data = { configMap: nameOf(configMap) };
    const value = configMap.labels.get(trustBundleLabel);
    const place = (field: string, key: string, part: "key" | "value") =>
      at(configMap, ["metadata", field, key], part);
    if (value === undefined) {
      const written = slipOf(configMap);
      if (written !== undefined)
        yield fault("misspelt", place("labels", written, "key"), { ...data, written }, extra);
      else yield fault("annotation", place("annotations", trustBundleLabel, "key"), data, extra);
      return;
    }
    if (value === "true") return;
    const spot = place("labels", trustBundleLabel, "value");
    if (configMap.namespace === view.environment.namespaces.eventing)
      yield fault("notForEventing", spot, { ...data, value }, extra);
    else yield fault("stillCounts", spot, { ...data, value }, { severity: "warning" });
  },
});

/** Namespaces in which Serving or Eventing look for bundles. */
function searchedBy(view: View<"stores">): ReadonlySet<string> {
  const { serving, eventing } = view.environment.namespaces;
  const stores = view.fact("stores").flatMap(({ searches }) => searches);
  return new Set([serving, eventing, ...stores]);
}

function isMeant({ labels, annotations }: KubeObject): boolean {
  return labels.has(trustBundleLabel) || annotations.has(trustBundleLabel);
}

/** A label that is nearly the right one; what trust-manager writes is rule KC512's. */
function slipOf({ labels }: KubeObject): string | undefined {
  if (labels.has(trustBundleLabel) || labels.has("trust.cert-manager.io/bundle")) return undefined;
  return [...labels.keys()].find(
    (key) =>
      nearest(key, [trustBundleLabel]) !== undefined ||
      /^(?:.*knative.*\/)?(?:knative-)?trust-?bundles?$/i.test(key),
  );
}

function holdsCertificates(configMap: KubeObject): boolean {
  return certificateKeys(configMap).length + certificateKeys(configMap, "binaryData").length > 0;
}

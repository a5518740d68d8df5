import {
  at,
  bundlesIn,
  certificateKeys,
  certificateName,
  defineRule,
  list,
  nameOf,
  nearest,
  sentence,
  trustBundleLabel,
  type KubeObject,
  wouldMend,
  type View,
} from "../../src/rule/index.ts";

type Seen = View<"handshakes" | "stores" | "ConfigMap" | "Secret">;

export default defineRule({
  code: "KC505",
  id: "bundle-label-misses",
  summary: "a bundle has no label that selects it, or one that says something else than it does",
  severity: "error",
  since: "0.1.0",
  citation:
    "knative/serving pkg/activator/certificate/cache.go getLabelSelector; knative/eventing pkg/eventingtls/trust_bundle.go TrustBundleSelector",
  reads: ["handshakes", "stores", "ConfigMap", "Secret"],
  follows: ["KC504", "KC506", "KC508", "KC509", "KC512", "KC513", "KC514", "KC517", "KC604"],
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
    unlabelled: {
      says: "{configMap} holds {certificates}, which signed every certificate that is refused for want of trust, and has no label networking.knative.dev/trust-bundle",
      breaks: "no component of Knative reads it, and none says so",
      fix: 'give it the label networking.knative.dev/trust-bundle: "true", or put the CA into a bundle that has it',
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
      .filter((one) => searched.has(one.namespace) && holdsCertificates(one))
      .filter((one) => isMeant(one) || slipOf(one) !== undefined || isLacked(one, view));
  },
  *check(configMap, view, fault) {
    const extra = { affects: [bundlesIn(configMap.namespace)] };
    const data = { configMap: nameOf(configMap) };
    const value = configMap.labels.get(trustBundleLabel);
    const place = (field: string, key: string, part: "key" | "value") =>
      at(configMap, ["metadata", field, key], part);
    if (value === undefined) {
      const written = slipOf(configMap);
      const certificates = sentence(authoritiesIn(configMap).map(certificateName));
      if (written !== undefined)
        yield fault("misspelt", place("labels", written, "key"), { ...data, written }, extra);
      else if (isMeant(configMap))
        yield fault("annotation", place("annotations", trustBundleLabel, "key"), data, extra);
      else
        yield fault(
          "unlabelled",
          at(configMap, ["data"]),
          { ...data, certificates },
          // Where a bundle is there and spoilt, that is the fault.
          { ...extra, dependsOn: extra.affects },
        );
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

/** ConfigMaps with certificates that somebody else makes, for other purposes. */
const ofOthers = new Set(["kube-root-ca.crt", "openshift-service-ca.crt", "istio-ca-root-cert"]);

/** True where nothing but the label is missing: with it, no handshake would fail for want of trust. */
function isLacked(configMap: KubeObject, view: Seen): boolean {
  const { name, namespace, labels, raw } = configMap;
  const isMade = list(raw, "metadata", "ownerReferences").length > 0;
  if (isMade || ofOthers.has(name) || labels.has("trust.cert-manager.io/bundle")) return false;
  return wouldMend(authoritiesIn(configMap), namespace, view);
}

function authoritiesIn(configMap: KubeObject) {
  return certificateKeys(configMap).flatMap(({ reading }) =>
    reading.kept.map(({ certificate }) => certificate),
  );
}

function holdsCertificates(configMap: KubeObject): boolean {
  return certificateKeys(configMap).length + certificateKeys(configMap, "binaryData").length > 0;
}

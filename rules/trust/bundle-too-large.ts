import {
  at,
  bundleSources,
  defineRule,
  isLabelled,
  nameOf,
  reads,
  strings,
  thousands,
  trustBundleLabel,
  type BundleSource,
  type KubeObject,
  type View,
} from "../../src/rule/index.ts";

/** Bytes of all values together (kubernetes pkg/apis/core/validation ValidateConfigMap, MaxSecretSize). */
const limit = 1_048_576;
const close = 0.8 * limit;

export default defineRule({
  code: "KC516",
  id: "bundle-too-large",
  summary: "a trust bundle is close to the size at which a ConfigMap is refused",
  severity: "warning",
  since: "0.1.0",
  citation:
    "kubernetes pkg/apis/core/validation/validation.go ValidateConfigMap; knative/eventing pkg/eventingtls/trust_bundle.go combineValidTrustBundles",
  reads: ["trustManager", "Bundle", "ConfigMap"],
  messages: {
    close: {
      says: "{bundle} holds {size} of {limit} bytes that fit into a ConfigMap",
      breaks:
        "beyond the limit it is refused as a whole and its old content stays; from 1,000,000 bytes on Eventing leaves certificates out of what it hands on",
      fix: "keep only the CAs that Knative's components need; the public ones are none of them",
    },
  },
  *subjects(view) {
    yield* view.all("ConfigMap").filter(({ labels }) => labels.has(trustBundleLabel));
    yield* view.all("Bundle").filter(isLabelled);
  },
  *check(bundle, view, fault) {
    const size = bundle.kind === "Bundle" ? sizeOfSources(bundle, view) : sizeOf(bundle);
    if (size <= close) return;
    const field = bundle.kind === "Bundle" ? ["spec", "sources"] : ["data"];
    yield fault("close", at(bundle, field, "key"), {
      bundle: nameOf(bundle),
      size: thousands(size),
      limit: thousands(limit),
    });
  },
});

function bytes([, value]: readonly [string, string]): number {
  return new TextEncoder().encode(value).length;
}

function sizeOf(configMap: KubeObject, key?: string): number {
  const wanted = ([name]: readonly [string, string]) => key === undefined || name === key;
  const texts = [...strings(configMap.raw, "data")].filter(wanted);
  const binaries = [...strings(configMap.raw, "binaryData")].filter(wanted);
  return (
    texts.reduce((sum, entry) => sum + bytes(entry), 0) +
    binaries.reduce((sum, entry) => sum + (bytes(entry) * 3) / 4, 0)
  );
}

function sizeOfSources(bundle: KubeObject, view: View<"trustManager" | "ConfigMap">): number {
  return bundleSources(bundle).reduce((sum, source) => sum + sizeOfSource(source, view), 0);
}

/** Secrets hold a certificate or two; the default CAs are those of a distribution. Neither fills a ConfigMap. */
function sizeOfSource(source: BundleSource, view: View<"trustManager" | "ConfigMap">): number {
  if (source.type === "inLine") return new TextEncoder().encode(source.inLine).length;
  if (source.type !== "configMap") return 0;
  const { namespace } = view.fact("trustManager");
  const { name, key } = source;
  if (name !== undefined) {
    const found = view.expect("ConfigMap", namespace, name);
    return found ? sizeOf(found, key) : 0;
  }
  return view
    .all("ConfigMap")
    .filter((one) => one.namespace === namespace && reads(source, one))
    .reduce((sum, one) => sum + sizeOf(one, key), 0);
}

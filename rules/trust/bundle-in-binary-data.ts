import {
  at,
  bundlesIn,
  certificateKeys,
  certificateName,
  defineRule,
  examples,
  isBundle,
  nameOf,
  type View,
} from "../../src/rule/index.ts";

export default defineRule({
  code: "KC509",
  id: "bundle-in-binary-data",
  summary: "certificates lie in binaryData, which Serving does not read",
  severity: "error",
  since: "0.1.0",
  citation:
    "knative/serving pkg/activator/certificate/cache.go addTrustBundles; knative-extensions/net-kourier pkg/generator/ingress_translator.go buildTrustChain; knative/eventing pkg/eventingtls/eventingtls.go loadCertPool",
  reads: ["stores", "ConfigMap"],
  messages: {
    binary: {
      says: "{key} in binaryData of {configMap} holds {certificates}; the components of Serving read data only",
      breaks: "they do not trust these certificates, and do not say so",
      fix: "write the certificates as text under data",
    },
  },
  *subjects(view) {
    const searched = new Set(servingStores(view).flatMap(({ searches }) => searches));
    yield* view.all("ConfigMap").filter((one) => searched.has(one.namespace) && isBundle(one));
  },
  *check(configMap, view, fault) {
    const trusted = trustedIn(view);
    for (const { key, reading } of certificateKeys(configMap, "binaryData")) {
      const unread = reading.kept
        .map(({ certificate }) => certificate)
        .filter(({ fingerprint }) => !trusted.has(fingerprint));
      if (unread.length === 0) continue;
      const certificates = examples(unread.map(certificateName));
      const data = { key, configMap: nameOf(configMap), certificates };
      yield fault("binary", at(configMap, ["binaryData", key], "key"), data, {
        affects: [bundlesIn(configMap.namespace)],
      });
    }
  },
});

function servingStores(view: View<"stores">) {
  return view.fact("stores").filter(({ readsBinaryData }) => !readsBinaryData);
}

function trustedIn(view: View<"stores">): ReadonlySet<string> {
  return new Set(
    servingStores(view).flatMap(({ certificates }) =>
      certificates.map(({ fingerprint }) => fingerprint),
    ),
  );
}

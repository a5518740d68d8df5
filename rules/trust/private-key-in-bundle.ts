import {
  at,
  bundleSources,
  defineRule,
  isLabelled,
  nameOf,
  strings,
  trustBundleLabel,
  type KubeObject,
  type Place,
} from "../../src/rule/index.ts";

export default defineRule({
  code: "KC507",
  id: "private-key-in-bundle",
  summary: "a trust bundle holds a private key",
  severity: "error",
  since: "0.1.0",
  citation:
    "RFC 7468 section 10; knative-extensions/net-kourier pkg/generator/ingress_translator.go checkCertBundle",
  reads: ["Bundle", "ConfigMap"],
  messages: {
    key: {
      says: "{bundle} holds a private key in {key}",
      breaks:
        "everybody who may read ConfigMaps can sign with it; besides, Kourier drops the whole key of the bundle, its certificates included",
      fix: "take the private key out, replace it and what it signed, and treat it as known to others",
    },
  },
  *subjects(view) {
    yield* view.all("ConfigMap").filter(({ labels }) => labels.has(trustBundleLabel));
    yield* view.all("Bundle").filter(isLabelled);
  },
  *check(bundle, _view, fault) {
    for (const { key, value, steps } of textsOf(bundle)) {
      const found = /-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY-----/.exec(value);
      if (!found) continue;
      const [marker] = found;
      yield fault("key", inside(bundle, steps, found.index, marker.length), {
        bundle: nameOf(bundle),
        key,
      });
    }
  },
});

interface Text {
  readonly key: string;
  readonly value: string;
  readonly steps: readonly (string | number)[];
}

function textsOf(bundle: KubeObject): readonly Text[] {
  if (bundle.kind === "Bundle")
    return bundleSources(bundle)
      .filter(({ type }) => type === "inLine")
      .map(({ inLine, steps }) => ({ key: "inLine", value: inLine, steps }));
  return [...strings(bundle.raw, "data")].map(([key, value]) => ({
    key,
    value,
    steps: ["data", key],
  }));
}

function inside(bundle: KubeObject, steps: Text["steps"], offset: number, length: number): Place {
  return at(bundle, steps, "value", { offset, length });
}

import {
  at,
  bundleCopies,
  defineRule,
  examples,
  nameOf,
  sameCertificates,
  type BundleCopies,
} from "../../src/rule/index.ts";

export default defineRule({
  code: "KC511",
  id: "bundle-copies-differ",
  summary: "copies of one trust bundle hold different certificates in different namespaces",
  severity: "warning",
  since: "0.1.0",
  citation:
    "trust-manager pkg/bundle/bundle.go (a sync that fails in one namespace leaves others unsynced); knative/serving pkg/activator/certificate/cache.go",
  reads: ["ConfigMap"],
  follows: ["KC515"],
  messages: {
    differ: {
      says: "{count} of {total} copies of trust bundle {name} hold other certificates than that in namespace {reference}: {namespaces}",
      breaks: "what is trusted in one namespace is not trusted in another",
      fix: "{fix}",
    },
  },
  *subjects(view) {
    for (const bundle of bundleCopies(view.all("ConfigMap"))) {
      const [first] = bundle.copies;
      if (first) yield { ...first.configMap, bundle };
    }
  },
  *check({ bundle }, view, fault) {
    const { serving } = view.environment.namespaces;
    const reference =
      bundle.copies.find(({ configMap }) => configMap.namespace === serving) ?? mostCommon(bundle);
    if (!reference) return;
    const others = bundle.copies.filter((copy) => !sameCertificates(copy, reference));
    const [first] = others;
    if (!first) return;
    const data = {
      count: others.length,
      total: bundle.copies.length,
      name: bundle.name,
      reference: reference.configMap.namespace,
      namespaces: examples(others.map(({ configMap }) => configMap.namespace)),
      fix:
        bundle.bundle === undefined
          ? "bring all copies to the same content, best by a trust-manager Bundle"
          : "see that the Bundle is synced and that nobody else writes its targets",
    };
    yield fault("differ", at(first.configMap, ["data"]), data, {
      subject: reference.configMap,
      related: [{ place: at(reference.configMap, ["data"]), note: "compared with this one" }],
      evidence: others.slice(0, 3).map((copy) => {
        const missing = [...reference.certificates].filter((one) => !copy.certificates.has(one));
        const more = [...copy.certificates].filter((one) => !reference.certificates.has(one));
        return `${nameOf(copy.configMap)} lacks ${String(missing.length)} of ${String(reference.certificates.size)} certificates, and has ${String(more.length)} others`;
      }),
      ...(bundle.bundle !== undefined && { dependsOn: [`Bundle/${bundle.bundle}`] }),
    });
  },
});

/** The copy that most others are like. */
function mostCommon({ copies }: BundleCopies): BundleCopies["copies"][number] | undefined {
  const alike = (copy: BundleCopies["copies"][number]) =>
    copies.filter((other) => sameCertificates(copy, other)).length;
  return copies.toSorted((a, b) => alike(b) - alike(a))[0];
}

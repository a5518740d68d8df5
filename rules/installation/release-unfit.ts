import {
  atLeast,
  defects,
  defineRule,
  fixFor,
  hasDefect,
  nameOf,
  sentence,
  type Known,
  type Part,
  type Product,
  type View,
} from "../../src/rule/index.ts";

/**
 * The oldest cert-manager that gets fixes, as of this release of the program: 1.21 is of 2026-07-08, 1.20 of
 * 2026-03-10 (https://cert-manager.io/docs/releases/).
 */
const oldestSupported = "1.20";

export default defineRule({
  code: "KC102",
  id: "release-unfit",
  summary:
    "a release of cert-manager, trust-manager or Knative has a known defect or is out of support, or its parts differ",
  severity: "warning",
  since: "0.1.0",
  citation:
    "https://cert-manager.io/docs/releases/; https://github.com/cert-manager/cert-manager/security/advisories; cert-manager deploy/charts/cert-manager/templates",
  reads: ["versions", "Deployment"],
  messages: {
    defect: {
      says: "cert-manager {release} ({how}) has known defects: {what}",
      fix: "upgrade to {fixed} or later",
    },
    unsupported: {
      says: "cert-manager {release} ({how}) gets no fixes any more: the oldest supported line is {oldest}",
      fix: "upgrade, one minor release after the other",
    },
    skew: {
      says: "the parts of {product} are of different releases: {parts}",
      breaks: "what one part writes another may refuse or not know",
      fix: "bring all parts to one release, the CustomResourceDefinitions first",
    },
  },
  *subjects(view) {
    for (const name of ["cert-manager", "trust-manager", "Knative Serving"] as const)
      if (isThere(name, view)) yield { kind: "Component", namespace: "", name };
  },
  *check({ name: product }, view, fault) {
    const { parts, ...releases } = view.fact("versions");
    const mine = parts.filter((part) => part.product === product);
    const [first] = mine;
    const different = [...new Map(mine.map((part) => [part.release, part])).values()];
    if (first && different.length > 1) {
      const related = different.slice(1).map(({ place, release, object }) => ({
        place,
        note: `${nameOf(object)} is of ${release}`,
      }));
      yield fault(
        "skew",
        first.place,
        { product, parts: different.map(described).join(", ") },
        { related },
      );
    }
    const release = view.need(releaseOf(product, releases));
    if (product !== "cert-manager") return;
    const how = first?.release === release ? first.how : "as configured";
    const place = first?.release === release ? first.place : undefined;
    const known = defects.filter((defect) => hasDefect(release, defect));
    const evidence = known.map(({ what, source }) => `${what} (${source})`);
    const data = { release, how };
    if (!atLeast(release, oldestSupported))
      yield fault("unsupported", place, { ...data, oldest: oldestSupported }, { evidence });
    else if (known.length > 0) {
      const what = sentence(known.map((defect) => defect.what));
      yield fault("defect", place, { ...data, what, fixed: fixFor(release, known) }, { evidence });
    }
  },
});

/** A product that the cluster runs, or may run where not all Deployments are known; or whose release was stated. */
function isThere(product: Product, view: View<"versions" | "Deployment">): boolean {
  const { parts, ...releases } = view.fact("versions");
  if (parts.some((part) => part.product === product) || releaseOf(product, releases).known)
    return true;
  return view.hasObserved && product !== "trust-manager" && !view.complete("Deployment");
}

function releaseOf(
  product: Product,
  {
    knative,
    certManager,
    trustManager,
  }: Readonly<Record<"knative" | "certManager" | "trustManager", Known<string>>>,
): Known<string> {
  if (product === "cert-manager") return certManager;
  return product === "trust-manager" ? trustManager : knative;
}

function described({ name, object, release }: Part): string {
  return `${name === "CustomResourceDefinition" ? nameOf(object) : name} ${release}`;
}

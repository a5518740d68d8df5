import {
  at,
  bundlesIn,
  certificateKeys,
  compare,
  defineRule,
  examples,
  fingerprintsIn,
  isBundle,
  nameOf,
  namespacesOf,
  trustBundleLabel,
  workingNetwork,
  type KubeObject,
  type View,
} from "../../src/rule/index.ts";

export default defineRule({
  code: "KC504",
  id: "bundle-nobody-reads",
  summary: "a bundle lies only in namespaces where no component of Knative reads bundles",
  severity: "warning",
  since: "0.1.0",
  citation:
    "knative-extensions/net-kourier pkg/reconciler/ingress/controller.go; knative-extensions/net-istio#1344; knative/serving pkg/activator/certificate/cache.go",
  reads: ["config", "stores", "ConfigMap"],
  follows: ["KC512", "KC514"],
  messages: {
    elsewhere: {
      says: "the bundle {name} is in {namespaces}, where no component of Knative reads it, and not in {readers}",
      breaks:
        "its certificates are trusted by nobody: the activator and the controller of the ingress read bundles in their own namespace, and hand them on to the gateway themselves; queue-proxy trusts nothing, it only serves",
      fix: "create it in namespace {serving}",
    },
  },
  *subjects(view) {
    if (!view.need(workingNetwork(view.fact("config"))).systemInternalTls.value) return;
    const groups = new Map<string, KubeObject[]>();
    for (const configMap of view.all("ConfigMap").filter((one) => isElsewhere(one, view)))
      groups.set(configMap.name, [...(groups.get(configMap.name) ?? []), configMap]);
    for (const group of groups.values()) {
      const [first] = group;
      if (first) yield { ...first, group };
    }
  },
  *check({ group, ...first }, view, fault) {
    const read = fingerprintsIn(inputsOf(view));
    const unread = group.filter((one) =>
      [...fingerprintsIn(certificateKeys(one))].some((fingerprint) => !read.has(fingerprint)),
    );
    if (unread.length === 0 || isRead(first.name, view)) return;
    const { serving } = view.environment.namespaces;
    if (!view.complete("ConfigMap", serving))
      view.notEvaluated(`whether ${first.name} is in namespace ${serving} too is not known`);
    const [place, ...others] = unread.map((one) => ({
      place: at(one, ["metadata", "labels", trustBundleLabel], "key"),
      note: `${nameOf(one)} is not read either`,
    }));
    const data = {
      name: first.name,
      namespaces: examples(namespacesOf(unread)),
      readers: examples(readersOf(view)),
      serving,
    };
    yield fault("elsewhere", place?.place, data, {
      related: others,
      affects: [bundlesIn(serving)],
      dependsOn: [bundlesIn(serving)],
    });
  },
});

/** Eventing copies its own bundles into user namespaces, under a name that ends so. */
const copiesOfEventing = /kne-bundle$/;

function isElsewhere(configMap: KubeObject, view: View<"stores">): boolean {
  const { eventing } = view.environment.namespaces;
  return (
    isBundle(configMap) &&
    !copiesOfEventing.test(configMap.name) &&
    ![...readersOf(view), eventing].includes(configMap.namespace) &&
    certificateKeys(configMap).length > 0
  );
}

/** One that is read under the same name is what rule KC511 compares the others with. */
function isRead(name: string, view: View<"stores" | "ConfigMap">): boolean {
  return readersOf(view).some((namespace) => {
    const found = view.find("ConfigMap", namespace, name);
    return found !== undefined && isBundle(found);
  });
}

function inputsOf(view: View<"stores">) {
  return view
    .fact("stores")
    .flatMap(({ inputs }) => inputs)
    .filter(({ object }) => object.kind === "ConfigMap");
}

/** The namespaces in which bundles are looked for. */
function readersOf(view: View<"stores">): readonly string[] {
  const namespaces = view
    .fact("stores")
    .filter(({ readsBinaryData }) => !readsBinaryData)
    .flatMap(({ searches }) => searches);
  return [...new Set(namespaces)].toSorted(compare);
}

import {
  at,
  atLeast,
  certificatesWanted,
  defineRule,
  placeOf,
  workingNetwork,
  type Place,
  type View,
} from "../../src/rule/index.ts";

/** Who asks for a ConfigMap at start and does not go on without it. */
const readers = {
  "config-domain": "the controller exits",
  "config-network": "activator, autoscaler and controller exit",
} as const;

export default defineRule({
  code: "KC104",
  id: "config-missing",
  summary: "a ConfigMap that decides about certificates does not exist",
  severity: "error",
  since: "0.1.0",
  citation:
    "knative/serving pkg/reconciler/certificate/controller.go; knative/pkg configmap/informer checkObservedResourcesExist; knative/serving#12044",
  reads: ["config", "versions", "ConfigMap", "KService", "KnativeServing", "Route"],
  messages: {
    certManager: {
      says: "certificates are wanted, but ConfigMap config-certmanager does not exist in namespace {namespace}",
      breaks: "the serving controller looks for it at start, does not find it, and exits",
      fix: "apply the ConfigMap of the Knative Serving release, then set the issuer references in it",
    },
    other: {
      says: "ConfigMap {name} does not exist in namespace {namespace}",
      breaks: "{readers} at the next start",
      fix: "apply the ConfigMap of the Knative Serving release",
    },
  },
  *subjects(view) {
    const { serving } = view.environment.namespaces;
    // The operator makes the ConfigMaps of an installation that it manages.
    if (view.all("KnativeServing").length > 0) return;
    const proof = proofOfKnative(view);
    for (const name of ["config-domain", "config-network"] as const) {
      if (proof) yield { kind: "ConfigMap", namespace: serving, name, config: name, place: proof };
    }
    const network = workingNetwork(view.fact("config"));
    if (!network.known || !certificatesWanted(network.value)) return;
    const { externalDomainTls, clusterLocalDomainTls, systemInternalTls, wildcardSelector } =
      network.value;
    const wish =
      [externalDomainTls, clusterLocalDomainTls, systemInternalTls].find(({ value }) => value) ??
      wildcardSelector;
    const config = "config-certmanager" as const;
    yield {
      kind: "ConfigMap",
      namespace: serving,
      name: config,
      config,
      place: wish?.entry && placeOf(wish.entry),
    };
  },
  *check({ config, namespace, place }, view, fault) {
    if (view.lookup("ConfigMap", namespace, config).state === "assumed") return;
    if (view.need(view.fact("config").settings[config])) return;
    const { knative } = view.fact("versions");
    if (config === "config-certmanager" && knative.known && !atLeast(knative.value, "1.15"))
      view.notEvaluated(`Knative ${knative.value} leaves certificates to net-certmanager`);
    if (config === "config-certmanager") yield fault("certManager", place, { namespace });
    else yield fault("other", place, { name: config, namespace, readers: readers[config] });
  },
});

/** Something that only makes sense where Knative Serving is installed. */
function proofOfKnative(view: View<"ConfigMap" | "KService" | "Route">): Place | undefined {
  const { serving } = view.environment.namespaces;
  const config = view
    .all("ConfigMap")
    .find(({ namespace, name }) => namespace === serving && name.startsWith("config-"));
  const proof = config ?? view.all("KService")[0] ?? view.all("Route")[0];
  return proof && at(proof, ["metadata", "name"]);
}

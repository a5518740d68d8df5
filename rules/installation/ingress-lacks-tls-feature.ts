import {
  annotationValues,
  at,
  atLeast,
  defineRule,
  gatewayTopic,
  holderOf,
  ingressLayer,
  nearest,
  placeOf,
  supports,
  workingNetwork,
  type IngressLayer,
  type KubeObject,
  type MakeFault,
  type Message,
  type NetworkConfig,
  type Place,
  type TlsFeature,
  type View,
} from "../../src/rule/index.ts";

const messages = {
  systemInternal: {
    says: "{layer} does not support system-internal-tls, which is on",
    breaks:
      "the gateway goes on talking plain HTTP to a port where queue-proxy and activator expect TLS: requests fail",
    fix: "turn system-internal-tls off (with Istio, let the mesh encrypt this traffic), or use Kourier or Contour",
  },
  clusterLocal: {
    says: "{layer} does not support cluster-local-domain-tls, which is on",
    breaks:
      "cluster-local names get certificates that nothing serves: clients that use https find no listener",
    fix: "turn cluster-local-domain-tls off, or use Kourier, Contour or Istio",
  },
  misspelt: {
    says: "the ingress class {name} is none of Knative's; did you mean {suggestion}?",
    breaks: "no ingress layer takes up the routes: they get neither traffic nor TLS",
    fix: "write {suggestion}",
  },
  foreign: {
    says: "the ingress class {name} is of no ingress layer that Knative ships: whether it can do what is on is not known here",
    fix: "see the documentation of that ingress layer",
  },
} as const satisfies Readonly<Record<string, Message>>;

export default defineRule({
  code: "KC115",
  id: "ingress-lacks-tls-feature",
  summary: "the ingress layer cannot do the TLS feature that is on",
  severity: "error",
  since: "0.1.0",
  citation:
    "knative-extensions/net-istio#1344; knative-extensions/net-gateway-api pkg/reconciler/ingress/ingress.go reconcileIngress; knative/serving test/e2e/systeminternaltls",
  holdsFor: "Knative >= 1.15 (net-istio had system-internal-tls from 1.12 to 1.14)",
  reads: ["config", "versions", "KService", "Route", "DomainMapping"],
  messages,
  *subjects(view) {
    const network = view.need(workingNetwork(view.fact("config")));
    const { entry, value } = network.ingressClass;
    const holder = entry?.holder ?? holderOf(network.settings);
    if (holder) yield { ...holder, network, ingressClass: value, place: entry && placeOf(entry) };
    for (const kind of ["DomainMapping", "KService", "Route"] as const) {
      for (const object of view.all(kind)) {
        const [own] = annotationValues(object, "ingressClass");
        if (!own?.value || own.value === value || isOfKService(object, view)) continue;
        yield {
          ...object,
          network,
          ingressClass: own.value,
          place: at(object, ["metadata", "annotations", own.spelling]),
        };
      }
    }
  },
  *check({ network, ingressClass, place }, view, fault) {
    const wanted = wantedFeatures(network);
    const layer = ingressLayer(ingressClass);
    if (!layer) {
      const anyTls = wanted.length > 0 || network.externalDomainTls.value;
      if (anyTls) yield* unknownClass(ingressClass, place, wanted.length > 0, fault);
      return;
    }
    for (const { feature, entry } of wanted) {
      if (supports(layer, feature) || wasSupported(view, layer, feature)) continue;
      const message = feature === "system-internal-tls" ? "systemInternal" : "clusterLocal";
      const spot = place ?? (entry && placeOf(entry));
      yield fault(message, spot, { layer: layerNames[layer] }, { affects: [gatewayTopic(layer)] });
    }
  },
});

/** A Route that a KService makes has its annotations from there. */
function isOfKService({ kind, namespace, name }: KubeObject, view: View<"KService">): boolean {
  return kind === "Route" && view.find("KService", namespace, name) !== undefined;
}

function* unknownClass(
  name: string,
  place: Place | undefined,
  mayLackFeature: boolean,
  fault: MakeFault<typeof messages>,
) {
  const suggestion = nearest(name, ownClasses);
  if (suggestion !== undefined) yield fault("misspelt", place, { name, suggestion });
  else if (mayLackFeature) yield fault("foreign", place, { name }, { severity: "info" });
}

/** net-istio had system-internal-tls before Serving 1.15. */
function wasSupported(view: View<"versions">, layer: IngressLayer, feature: TlsFeature): boolean {
  const { knative } = view.fact("versions");
  const mayBeOld = knative.known && !atLeast(knative.value, "1.15");
  return mayBeOld && layer === "istio" && feature === "system-internal-tls";
}

const ownClasses = ["istio", "kourier", "contour", "gateway-api"].map(
  (layer) => `${layer}.ingress.networking.knative.dev`,
);

const layerNames: Readonly<Record<IngressLayer, string>> = {
  istio: "net-istio",
  kourier: "Kourier",
  contour: "Contour",
  "gateway-api": "net-gateway-api",
};

/** The features that are on and that not every ingress layer has, with the setting that turns each on. */
function wantedFeatures(network: NetworkConfig) {
  const { clusterLocalDomainTls, systemInternalTls } = network;
  return (
    [
      { feature: "cluster-local-domain-tls", ...clusterLocalDomainTls },
      { feature: "system-internal-tls", ...systemInternalTls },
    ] as const
  ).filter(({ value }) => value);
}

import {
  annotationValues,
  at,
  atLeast,
  defineRule,
  holderOf,
  ingressLayer,
  nearest,
  placeOf,
  supports,
  workingNetwork,
  type IngressLayer,
  type NetworkConfig,
  type TlsFeature,
} from "../../src/rule/index.ts";

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
  messages: {
    systemInternal: {
      says: "{layer} does not support system-internal-tls, which is on",
      breaks:
        "the gateway goes on talking plain HTTP to a port where queue-proxy and activator expect TLS: requests fail",
      fix: "turn system-internal-tls off (with Istio, the mesh encrypts this traffic), or use Kourier or Contour",
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
  },
  *subjects(view) {
    const network = view.need(workingNetwork(view.fact("config")));
    const { entry, value } = network.ingressClass;
    const holder = entry?.holder ?? holderOf(network.settings);
    const decides = entry ?? network.clusterLocalDomainTls.entry ?? network.systemInternalTls.entry;
    if (holder)
      yield { ...holder, network, ingressClass: value, place: decides && placeOf(decides) };
    for (const kind of ["DomainMapping", "KService", "Route"] as const) {
      for (const object of view.all(kind)) {
        const [own] = annotationValues(object, "ingressClass");
        if (!own || own.value === value) continue;
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
    if (wanted.length === 0) return;
    const layer = ingressLayer(ingressClass);
    if (!layer) {
      const suggestion = nearest(ingressClass, ownClasses);
      if (suggestion !== undefined)
        yield fault("misspelt", place, { name: ingressClass, suggestion });
      else yield fault("foreign", place, { name: ingressClass }, { severity: "info" });
      return;
    }
    const { knative } = view.fact("versions");
    for (const feature of wanted) {
      const wasSupported =
        layer === "istio" &&
        feature === "system-internal-tls" &&
        knative.known &&
        !atLeast(knative.value, "1.15");
      if (supports(layer, feature) || wasSupported) continue;
      yield fault(feature === "system-internal-tls" ? "systemInternal" : "clusterLocal", place, {
        layer: layerNames[layer],
      });
    }
  },
});

const ownClasses = ["istio", "kourier", "contour", "gateway-api"].map(
  (layer) => `${layer}.ingress.networking.knative.dev`,
);

const layerNames: Readonly<Record<IngressLayer, string>> = {
  istio: "net-istio",
  kourier: "Kourier",
  contour: "Contour",
  "gateway-api": "net-gateway-api",
};

function wantedFeatures(network: NetworkConfig): readonly TlsFeature[] {
  const { clusterLocalDomainTls, systemInternalTls } = network;
  return [
    ...(clusterLocalDomainTls.value ? (["cluster-local-domain-tls"] as const) : []),
    ...(systemInternalTls.value ? (["system-internal-tls"] as const) : []),
  ];
}

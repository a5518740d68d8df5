import {
  annotationValues,
  at,
  atLeast,
  defineRule,
  dig,
  gatewayTopic,
  holderOf,
  ingressLayer,
  list,
  nameOf,
  nearest,
  placeOf,
  sentence,
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
  notInstalled: {
    says: "{operator} installs {installed}, but {what} {layer}",
    breaks: "no ingress layer takes up the routes: they get neither traffic nor TLS",
    fix: "set ingress-class: {suggestion} in spec.config.network of {operator}",
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
    "knative-extensions/net-istio#1344; knative-extensions/net-gateway-api pkg/reconciler/ingress/ingress.go reconcileIngress; knative/serving test/e2e/systeminternaltls; knative/operator pkg/reconciler/knativeserving/ingress/ingress.go",
  holdsFor: "Knative >= 1.15 (net-istio had system-internal-tls from 1.12 to 1.14)",
  reads: ["config", "versions", "KnativeServing", "KService", "Route", "DomainMapping"],
  messages,
  *subjects(view) {
    const network = view.need(workingNetwork(view.fact("config")));
    const { entry, value } = network.ingressClass;
    const holder = entry?.holder ?? holderOf(network.settings);
    if (holder)
      yield {
        ...holder,
        network,
        ingressClass: value,
        place: entry && placeOf(entry),
        operator: operatorOf(network, view),
      };
    for (const kind of ["DomainMapping", "KService", "Route"] as const) {
      for (const object of view.all(kind)) {
        const [own] = annotationValues(object, "ingressClass");
        if (!own?.value || own.value === value || isOfKService(object, view)) continue;
        yield {
          ...object,
          network,
          ingressClass: own.value,
          place: at(object, ["metadata", "annotations", own.spelling]),
          operator: undefined,
        };
      }
    }
  },
  *check({ network, ingressClass, place, operator }, view, fault) {
    const wanted = wantedFeatures(network);
    const anyTls = wanted.length > 0 || network.externalDomainTls.value;
    const layer = ingressLayer(ingressClass);
    if (operator && layer && anyTls && !operator.installed.includes(layer)) {
      yield* notInstalled(operator, layer, place, fault);
      return;
    }
    if (!layer) {
      if (anyTls) yield* unknownClass(ingressClass, place, wanted.length > 0, fault);
      return;
    }
    yield* unsupported(wanted, layer, { place, view, fault });
  },
});

interface Asked {
  readonly place: Place | undefined;
  readonly view: View<"versions">;
  readonly fault: MakeFault<typeof messages>;
}

function* unsupported(
  wanted: ReturnType<typeof wantedFeatures>,
  layer: IngressLayer,
  { place, view, fault }: Asked,
) {
  for (const { feature, entry } of wanted) {
    if (supports(layer, feature) || wasSupported(view, layer, feature)) continue;
    const message = feature === "system-internal-tls" ? "systemInternal" : "clusterLocal";
    const spot = place ?? (entry && placeOf(entry));
    yield fault(message, spot, { layer: layerNames[layer] }, { affects: [gatewayTopic(layer)] });
  }
}

/** A Route that a KService makes has its annotations from there. */
function isOfKService({ kind, namespace, name }: KubeObject, view: View<"KService">): boolean {
  return kind === "Route" && view.find("KService", namespace, name) !== undefined;
}

interface Operator {
  readonly object: KubeObject;
  readonly installed: readonly IngressLayer[];
  /** True where the ConfigMap itself was seen. */
  readonly isRead: boolean;
}

/** What the operator installs; undefined where nothing says so, or where manifests of the user's own may bring another. */
function operatorOf(
  { settings: { configMap } }: NetworkConfig,
  view: View<"KnativeServing">,
): Operator | undefined {
  const { serving } = view.environment.namespaces;
  const object = view.all("KnativeServing").find(({ namespace }) => namespace === serving);
  if (!object || list(object.raw, "spec", "manifests").length > 0) return undefined;
  if (list(object.raw, "spec", "additionalManifests").length > 0) return undefined;
  const ingress = dig(object.raw, "spec", "ingress");
  const installed = layers.filter((layer) => dig(ingress, layer, "enabled") === true);
  const isRead = configMap !== undefined;
  return installed.length > 0 ? { object, installed, isRead } : undefined;
}

function* notInstalled(
  { object, installed, isRead }: Operator,
  layer: IngressLayer,
  place: Place | undefined,
  fault: MakeFault<typeof messages>,
) {
  const [first = layer] = installed;
  const switched = at(object, ["spec", "ingress", first, "enabled"]);
  const data = {
    operator: nameOf(object),
    installed: sentence(installed.map((one) => layerNames[one])),
    what: place ? "ingress-class names" : "ingress-class is not set, which means",
    layer: layerNames[layer],
    suggestion: classOf(first),
  };
  yield fault("notInstalled", place ?? switched, data, {
    affects: [gatewayTopic(layer)],
    related: place ? [{ place: switched, note: "what the operator installs" }] : [],
    // What a distribution's operator or a hand has set in the ConfigMap is not seen here.
    severity: place || isRead ? "error" : "warning",
  });
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

const layers = ["istio", "kourier", "contour", "gateway-api"] as const;

function classOf(layer: IngressLayer): string {
  return `${layer}.ingress.networking.knative.dev`;
}

const ownClasses = layers.map(classOf);

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

import type { Ask, Source } from "../model/fact.ts";
import { knativeConfig, workingNetwork } from "../model/knative/config.ts";
import { ingressLayer, supports, type IngressLayer } from "../model/knative/ingress-class.ts";
import type { NetworkConfig } from "../model/knative/network-config.ts";
import { routes } from "../model/knative/routes.ts";
import { atLeast, versions } from "../model/versions.ts";
import { servingEndpoints, type Endpoint } from "./endpoints.ts";
import type { Party, Reason } from "./handshake.ts";
import { activator, gateway, layerOf } from "./parties.ts";

/** What a dialer looks for in the certificate. */
export interface Names {
  /** Server names that the verifier matches as TLS clients do, wildcards included; each must match. */
  readonly hosts: readonly string[];
  /** A DNS name that must stand in the certificate as it is. */
  readonly exactly: string | undefined;
  /** SAN matchers of Envoy, of which one must match; none where Envoy does not dial. */
  readonly anyOf: readonly string[];
}

/** One dialer and one endpoint that meet, before anything is known of certificates. */
export interface Dialog {
  readonly dialer: Party;
  readonly endpoint: Party;
  readonly target: Endpoint;
  readonly names: Names;
  /** All names, in words. */
  readonly serverNames: readonly string[];
  /** Decided whatever the certificates say. */
  readonly settled: { readonly verdict: "fails" | "unknown"; readonly reason: Reason } | undefined;
}

/** The name by which Serving's data plane always goes (networking pkg/certificates/constants.go LegacyFakeDnsName). */
const dataPlane = "data-plane.knative.dev";
const routing = "kn-routing";

export type Draft = Omit<Dialog, "serverNames">;

/** An endpoint, and who dials it. */
export interface Dialled {
  readonly target: Endpoint;
  readonly drafts: () => readonly Draft[];
}

/** Every endpoint of Serving with its handshakes, for the ingress layers that its routes use. */
export function dialledInServing(source: Source, ask: Ask): readonly Dialled[] {
  const network = workingNetwork(ask(knativeConfig));
  const endpoints = servingEndpoints(source, ask);
  if (!network.known) return undecided(source, network.why).map(alone);
  if (!endpoints.known) return undecided(source, endpoints.why).map(alone);
  const layers = layersOf(source, ask, network.value);
  return endpoints.value.map((target) => ({
    target,
    drafts: () => dialogsOf(target, { source, ask, layers }),
  }));
}

export function alone(draft: Draft): Dialled {
  return { target: draft.target, drafts: () => [draft] };
}

export function servingDialogs(source: Source, ask: Ask): readonly Draft[] {
  return dialledInServing(source, ask).flatMap(({ drafts }) => drafts());
}

interface Setting {
  readonly source: Source;
  readonly ask: Ask;
  readonly layers: Layers;
}

function dialogsOf(target: Endpoint, setting: Setting): readonly Draft[] {
  if (target.role === "queue-proxy") return toQueueProxy(target, setting);
  return target.role === "activator" ? toActivator(target, setting) : fromClient(target, setting);
}

function toQueueProxy(target: Endpoint, { source, ask, layers }: Setting): readonly Draft[] {
  const namespace = target.namespace;
  const endpoint = { component: "queue-proxy", namespace } as const;
  const user = userName(namespace);
  return [
    {
      dialer: activator(source),
      endpoint,
      target,
      names: { hosts: [dataPlane], exactly: user, anyOf: [] },
      settled: undefined,
    },
    ...layers.in(namespace).map((layer) => ({
      dialer: gateway(source, layer),
      endpoint,
      target,
      names: { hosts: [], exactly: undefined, anyOf: [routing, user] },
      settled: unsupported(layer, ask),
    })),
  ];
}

/** Gateways dial the activator under the name of each namespace too, but `kn-routing` is the one it carries. */
function toActivator(target: Endpoint, { source, ask, layers }: Setting): readonly Draft[] {
  if (!layers.systemInternal) return [];
  return layers.all.map((layer) => ({
    dialer: gateway(source, layer),
    endpoint: activator(source),
    target,
    names: { hosts: [], exactly: undefined, anyOf: [routing] },
    settled: unsupported(layer, ask),
  }));
}

/** Clients outside and inside the cluster; a wildcard stands for every name that it covers. */
function fromClient(target: Endpoint, { source, layers }: Setting): readonly Draft[] {
  const layer = layers.ofOwner(target);
  if (!layer) return [];
  const wildcard = target.hosts.find((name) => name.startsWith("*."));
  return [
    {
      dialer: { component: "client", namespace: "" },
      endpoint: gateway(source, layer),
      target,
      names: { hosts: wildcard === undefined ? target.hosts : [], exactly: wildcard, anyOf: [] },
      settled: undefined,
    },
  ];
}

function userName(namespace: string): string {
  return `kn-user-${namespace.toLowerCase()}`;
}

interface Layers {
  readonly systemInternal: boolean;
  /** Those that any route uses, or the configured one where there is no route. */
  readonly all: readonly IngressLayer[];
  in(namespace: string): readonly IngressLayer[];
  ofOwner(target: Endpoint): IngressLayer | undefined;
}

function layersOf(source: Source, ask: Ask, network: NetworkConfig): Layers {
  const configured = network.ingressClass.value;
  const fallback = ingressLayer(configured);
  const byNamespace = new Map<string, Set<IngressLayer>>();
  for (const object of [
    ...ask(routes).map((route) => route.object),
    ...source.all("DomainMapping"),
  ]) {
    const layer = layerOf(object, configured);
    if (layer)
      byNamespace.set(
        object.namespace,
        (byNamespace.get(object.namespace) ?? new Set()).add(layer),
      );
  }
  const used = new Set([...byNamespace.values()].flatMap((layers) => [...layers]));
  const configuredOnly = fallback ? [fallback] : [];
  return {
    systemInternal: network.systemInternalTls.value,
    all: used.size > 0 ? [...used].toSorted() : configuredOnly,
    in: (namespace) => {
      const mine = byNamespace.get(namespace);
      return mine ? [...mine].toSorted() : configuredOnly;
    },
    ofOwner: ({ owner }) => (owner ? layerOf(owner, configured) : fallback),
  };
}

/** What an ingress layer without system-internal-tls does to requests: rule KC115. */
function unsupported(layer: IngressLayer, ask: Ask): Dialog["settled"] {
  if (supports(layer, "system-internal-tls")) return undefined;
  const { knative } = ask(versions);
  const older = layer === "istio" && knative.known && !atLeast(knative.value, "1.15");
  if (older)
    return {
      verdict: "unknown",
      reason: { code: "not-supported", text: "net-istio before 1.15 is not modelled" },
    };
  return {
    verdict: "fails",
    reason: {
      code: "not-supported",
      text: `${layer} sends plain HTTP to a port that expects TLS`,
    },
  };
}

/** Without config-network it is not known whether these handshakes exist; a row says so for each namespace. */
function undecided(source: Source, why: string): readonly Draft[] {
  const namespaces = new Set(
    (["KService", "Configuration", "Revision"] as const).flatMap((kind) =>
      source.all(kind).map(({ namespace }) => namespace),
    ),
  );
  return [...namespaces].toSorted().map((namespace) => ({
    dialer: activator(source),
    endpoint: { component: "queue-proxy", namespace },
    target: {
      role: "queue-proxy",
      namespace,
      secret: { kind: "Secret", namespace, name: "serving-certs" },
      hosts: [],
      demand: undefined,
      isAsked: true,
      owner: undefined,
    },
    names: { hosts: [dataPlane], exactly: userName(namespace), anyOf: [] },
    settled: {
      verdict: "unknown",
      reason: {
        code: "not-supported",
        text: `whether system-internal-tls is on is not known: ${why}`,
      },
    },
  }));
}

import { adler32 } from "../go/checksums.ts";
import type { Known } from "../known.ts";
import { at } from "../object.ts";
import { optsOutOfExternalTls } from "./annotations.ts";
import { add, classOf, type CertificateType, type Collected } from "./demand.ts";
import { domainFor, visibilityLabel, type DomainConfig } from "./domain-config.ts";
import { afterFirstDot, expandedHosts, isClusterLocal } from "./names.ts";
import type { NetworkConfig } from "./network-config.ts";
import type { RouteModel, TrafficName } from "./routes.ts";
import { renderName } from "./templates.ts";
import type { Wildcards } from "./wildcard-demands.ts";

/** One certificate for every traffic name of every route, public ones included (route.go clusterLocalDomainTLS). */
export function clusterLocal(to: Collected, routes: readonly RouteModel[]): void {
  const { network, source } = to;
  if (!network.clusterLocalDomainTls.value) return;
  const { clusterDomain } = source.environment;
  forEveryName(to, routes, "cluster-local-domain", (route, { tag, steps }, hostname) => {
    const name = certificateName(route, tag);
    add(to, {
      type: "cluster-local-domain",
      origin: "route",
      namespace: route.namespace,
      name: name && `${name}-local`,
      dnsNames: expandedHosts(`${hostname}.${route.namespace}.svc.${clusterDomain}`, clusterDomain),
      domain: `svc.${clusterDomain}`,
      certificateClass: classOf(route.object, network),
      owner: route.object,
      place: at(route.object, steps),
    });
  });
}

/** One certificate for every public traffic name that no wildcard covers (route.go externalDomainTLS). */
export function externalNames(
  to: Collected,
  routes: readonly RouteModel[],
  domains: DomainConfig,
  wildcards: Wildcards,
): void {
  forEveryName(to, routes, "external-domain", (route, name, hostname) => {
    externalName(to, domains, wildcards, { route, name, hostname });
  });
}

interface RouteName {
  readonly route: RouteModel;
  readonly name: TrafficName;
  readonly hostname: string;
}

function externalName(
  to: Collected,
  domains: DomainConfig,
  wildcards: Wildcards,
  { route, name, hostname }: RouteName,
): void {
  const { source, network } = to;
  if (optsOutOfExternalTls(route.object) || route.clusterLocal) return;
  if (source.find("Service", route.namespace, hostname)?.labels.get(visibilityLabel)) return;
  const domain = domainFor(domains, route.labels);
  const host = renderName(network.domainTemplate.value, {
    Name: hostname,
    Namespace: route.namespace,
    Domain: domain,
    Annotations: route.object.annotations,
    Labels: route.labels,
  });
  if (!host.known) {
    to.unsure.push({ type: "external-domain", owner: route.object, why: host.why });
    return;
  }
  if (isClusterLocal(host.value, source.environment.clusterDomain)) return;
  if (wildcards.covered.has(`${route.namespace} ${domain} ${afterFirstDot(host.value)}`)) return;
  // What is not known there has been said of the namespace.
  if (wildcards.undecided.has(`${route.namespace} ${domain}`)) return;
  add(to, {
    type: "external-domain",
    origin: "route",
    namespace: route.namespace,
    name: certificateName(route, name.tag),
    dnsNames: [host.value],
    domain,
    certificateClass: classOf(route.object, network),
    owner: route.object,
    place: at(route.object, name.steps),
  });
}

function forEveryName(
  to: Collected,
  routes: readonly RouteModel[],
  type: CertificateType,
  visit: (route: RouteModel, name: TrafficName, hostname: string) => void,
): void {
  for (const route of routes) {
    for (const name of route.names) {
      const hostname = hostnameOf(to.network, route.name, name.tag);
      if (hostname.known) visit(route, name, hostname.value);
      else to.unsure.push({ type, owner: route.object, why: hostname.why });
    }
  }
}

/** The first label of a traffic name: the route's name, or the tag-template of it. */
function hostnameOf(network: NetworkConfig, route: string, tag: string): Known<string> {
  if (tag === "") return { known: true, value: route };
  return renderName(network.tagTemplate.value, { Name: route, Tag: tag });
}

function certificateName(route: RouteModel, tag: string): string | undefined {
  if (route.uid === undefined) return undefined;
  return tag === "" ? `route-${route.uid}` : `route-${route.uid}-${String(adler32(tag))}`;
}

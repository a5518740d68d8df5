import type { Collected } from "./demand.ts";
import { domainFor, type DomainConfig } from "./domain-config.ts";
import { isClusterLocal } from "./names.ts";
import { renderName } from "./templates.ts";
import { wildcardHost } from "./wildcard-demands.ts";

/**
 * Adds a name for each external domain below which the input has none, where services may be kept elsewhere: a platform
 * and its services often live in repositories of their own.
 */
export function expectNames(to: Collected, domains: DomainConfig): void {
  const { network, source } = to;
  const usual = domainFor(domains, new Map());
  for (const { name, selector, wildcard } of domains.domains) {
    const isUsed = selector.size > 0 || name === usual;
    if (!isUsed || isClusterLocal(name, source.environment.clusterDomain)) continue;
    if (network.wildcardSelector) {
      if (wildcard) expectWildcard(to, name);
    } else if (network.externalDomainTls.value) expectServices(to, name);
  }
}

function expectWildcard({ network, source, list, expected }: Collected, domain: string): void {
  const isThere = list.some(({ wildcardOf }) => wildcardOf === domain);
  if (isThere || source.knowledge("Namespace").state === "complete") return;
  if (!network.wildcardSelector?.value.known) return;
  const host = wildcardHost(network, domain, "NAMESPACE");
  if (host.known && host.value.startsWith("*."))
    expected.push({ dnsName: host.value.toLowerCase(), says: host.value });
}

function expectServices({ network, source, expected }: Collected, domain: string): void {
  if (source.all("KService").length + source.all("Route").length > 0) return;
  if (source.knowledge("KService").state === "complete") return;
  const host = renderName(network.domainTemplate.value, {
    Name: "service",
    Namespace: "namespace",
    Domain: domain,
    Annotations: undefined,
    Labels: undefined,
  });
  if (host.known) expected.push({ dnsName: host.value, says: `names below ${domain}` });
}

import type { Known } from "../known.ts";
import { at, type KubeObject } from "../object.ts";
import { add, classOf, type Collected } from "./demand.ts";
import type { DomainConfig } from "./domain-config.ts";
import { afterFirstDot } from "./names.ts";
import type { NetworkConfig } from "./network-config.ts";
import { renderName } from "./templates.ts";

/** Adds the namespace wildcards and returns what they cover, as "namespace domain suffix". */
export function namespaceWildcards(to: Collected, domains: DomainConfig): ReadonlySet<string> {
  const { network, source } = to;
  const covered = new Set<string>();
  if (!network.wildcardSelector?.value.known) return covered;
  const selector = network.wildcardSelector.value.value;
  for (const namespace of source
    .all("Namespace")
    .filter(({ labels }) => selector.matches(labels))) {
    for (const { name: domain } of domains.domains.filter(({ wildcard }) => wildcard)) {
      const host = wildcardHost(network, domain, namespace.name);
      if (!host.known) to.unsure.push({ type: "external-domain", owner: namespace, why: host.why });
      else if (host.value.startsWith("*.")) {
        covered.add(`${namespace.name} ${domain} ${afterFirstDot(host.value)}`);
        addWildcard(to, namespace, domain, host.value);
      }
    }
  }
  return covered;
}

function addWildcard(to: Collected, namespace: KubeObject, wildcardOf: string, host: string): void {
  add(to, {
    type: "external-domain",
    origin: "wildcard",
    namespace: namespace.name,
    name: host.slice("*.".length),
    dnsNames: [host],
    domain: "",
    wildcardOf,
    certificateClass: classOf(namespace, to.network),
    owner: namespace,
    place: at(namespace, ["metadata", "labels"], "key"),
  });
}

/** The name of a namespace wildcard; it must start with "*." or nscert refuses it (serving pkg/reconciler/nscert/nscert.go). */
export function wildcardHost(
  network: NetworkConfig,
  domain: string,
  namespace: string,
): Known<string> {
  return renderName(network.domainTemplate.value, {
    Name: "*",
    Namespace: namespace,
    Domain: domain,
    Annotations: undefined,
    Labels: undefined,
  });
}

import { defineFact, type Ask } from "../fact.ts";
import { text } from "../json.ts";
import type { Known } from "../known.ts";
import { at } from "../object.ts";
import { classOfMapping, optsOutOfExternalTls } from "./annotations.ts";
import { knativeConfig, workingDomains, workingNetwork } from "./config.ts";
import { add, type Collected, type Demands } from "./demand.ts";
import { expectNames } from "./expected-names.ts";
import { childName } from "./names.ts";
import { clusterLocal, externalNames } from "./route-demands.ts";
import { routes } from "./routes.ts";
import { systemInternal } from "./system-internal-demands.ts";
import { namespaceWildcards } from "./wildcard-demands.ts";

/** Every certificate that Serving asks for (see serving pkg/reconciler/{route,nscert,domainmapping,revision}). */
export const demands = defineFact<Known<Demands>>({
  name: "demands",
  reads: [
    "Namespace",
    "KService",
    "Route",
    "Configuration",
    "Revision",
    "DomainMapping",
    "Service",
  ],
  from: [knativeConfig, routes],
  derive: (source, ask) => {
    const network = workingNetwork(ask(knativeConfig));
    if (!network.known) return network;
    const collected: Collected = {
      source,
      network: network.value,
      list: [],
      unsure: [],
      expected: [],
    };
    systemInternal(collected);
    clusterLocal(collected, ask(routes));
    external(collected, ask);
    const { list, unsure, expected } = collected;
    return { known: true, value: { list, unsure, expected } };
  },
});

function external(to: Collected, ask: Ask): void {
  const { network } = to;
  const domains = workingDomains(ask(knativeConfig));
  const wanted = network.externalDomainTls.value;
  if (!domains.known) {
    if (wanted || network.wildcardSelector)
      to.unsure.push({ type: "external-domain", owner: undefined, why: domains.why });
    if (wanted) domainMappings(to);
    return;
  }
  const wildcards = namespaceWildcards(to, domains.value);
  expectNames(to, domains.value);
  if (!wanted) return;
  externalNames(to, ask(routes), domains.value, wildcards);
  domainMappings(to);
}

/** A DomainMapping that brings its own Secret asks for nothing (domainmapping/reconciler.go tls). */
function domainMappings(to: Collected): void {
  for (const mapping of to.source.all("DomainMapping")) {
    if (optsOutOfExternalTls(mapping) || text(mapping.raw, "spec", "tls", "secretName")) continue;
    add(to, {
      type: "external-domain",
      origin: "domain-mapping",
      namespace: mapping.namespace,
      name: childName(mapping.name),
      dnsNames: [mapping.name],
      domain: mapping.name,
      certificateClass: classOfMapping(mapping) ?? to.network.certificateClass.value,
      owner: mapping,
      place: at(mapping, ["metadata", "name"]),
    });
  }
}

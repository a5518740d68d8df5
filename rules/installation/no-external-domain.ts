import {
  at,
  defineRule,
  holderOf,
  isClusterLocal,
  placeOf,
  workingDomains,
  workingNetwork,
} from "../../src/rule/index.ts";

export default defineRule({
  code: "KC120",
  id: "no-external-domain",
  summary: "external TLS is on, but every route's domain is cluster-local",
  severity: "warning",
  since: "0.1.0",
  citation:
    "knative/serving pkg/reconciler/route/config/domain.go NewDomainFromConfigMap; cert-manager#5708; knative/serving#1755",
  reads: ["config", "DomainMapping"],
  messages: {
    onlyLocal: {
      says: "external-domain-tls is on, but config-domain has no domain outside {clusterDomain}",
      breaks:
        "routes get cluster-local names only, and no certificate for external names is ever asked for",
      fix: 'add a domain of yours to config-domain, such as example.com: ""',
    },
  },
  *subjects(view) {
    const config = view.fact("config");
    const network = view.need(workingNetwork(config));
    if (!network.externalDomainTls.value) return;
    const { settings, domains } = view.need(workingDomains(config));
    const holder = holderOf(settings);
    if (holder) yield { ...holder, holder, domains, entry: network.externalDomainTls.entry };
  },
  *check({ holder, domains, entry }, view, fault) {
    const { clusterDomain } = view.environment;
    const isExternal = domains.some(({ name }) => !isClusterLocal(name, clusterDomain));
    if (isExternal || view.all("DomainMapping").length > 0) return;
    const related = entry
      ? [{ place: placeOf(entry), note: "external TLS is turned on here" }]
      : [];
    yield fault("onlyLocal", at(holder, ["data"], "key"), { clusterDomain }, { related });
  },
});

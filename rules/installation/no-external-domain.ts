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
  follows: ["KC121"],
  messages: {
    onlyLocal: {
      says: "external-domain-tls is on, but config-domain has no domain outside {clusterDomain}",
      breaks:
        "routes get cluster-local names only, and no certificate for external names is ever asked for",
      fix: "add a domain of yours to config-domain, with an empty value",
    },
    onlyMappings: {
      says: "config-domain has no domain outside {clusterDomain}: only DomainMappings get external certificates",
      fix: "fine if that is meant; else add a domain of yours to config-domain",
    },
    noDefault: {
      says: "every external domain in config-domain has a selector: a route that none selects gets a name below {clusterDomain}",
      breaks: "such a route gets no external name and no certificate",
      fix: "fine if that is meant; else leave one domain without a selector",
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
    const external = domains.filter(({ name }) => !isClusterLocal(name, clusterDomain));
    const place = at(holder, holder.kind === "ConfigMap" ? ["data"] : ["spec", "config"], "key");
    const related = entry
      ? [{ place: placeOf(entry), note: "external TLS is turned on here" }]
      : [];
    if (external.some(({ selector }) => selector.size === 0)) return;
    if (external.length > 0)
      yield fault(
        "noDefault",
        place,
        { clusterDomain },
        { related, severity: "info", dependsOn: [] },
      );
    else if (view.all("DomainMapping").length > 0)
      yield fault("onlyMappings", place, { clusterDomain }, { related, severity: "info" });
    else yield fault("onlyLocal", place, { clusterDomain }, { related });
  },
});

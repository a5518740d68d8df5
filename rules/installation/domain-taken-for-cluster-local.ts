import {
  defineRule,
  isClusterLocal,
  placeOf,
  workingDomains,
  workingNetwork,
} from "../../src/rule/index.ts";

export default defineRule({
  code: "KC121",
  id: "domain-taken-for-cluster-local",
  summary:
    "a real domain ends in the letters of the cluster domain, so Knative takes it for cluster-local",
  severity: "error",
  since: "0.1.0",
  citation:
    "knative/serving pkg/reconciler/route/domains/domains.go IsClusterLocal (strings.HasSuffix without a dot)",
  reads: ["config"],
  messages: {
    suffix: {
      says: "{domain} ends in the letters {clusterDomain} without a dot before them: Knative takes it for cluster-local",
      breaks: "names below it never get a certificate for external TLS",
      fix: "use a domain that does not end in these letters",
    },
  },
  *subjects(view) {
    const { domains } = view.need(workingDomains(view.fact("config")));
    for (const { name, entry } of domains) {
      if (entry) yield { ...entry.holder, domain: name, place: placeOf(entry, "key") };
    }
  },
  *check({ domain, place }, view, fault) {
    const { clusterDomain } = view.environment;
    const isReal = domain !== clusterDomain && !domain.endsWith(`.${clusterDomain}`);
    if (!isReal || !isClusterLocal(domain, clusterDomain)) return;
    const network = workingNetwork(view.fact("config"));
    const off = network.known && !network.value.externalDomainTls.value;
    yield fault("suffix", place, { domain, clusterDomain }, off ? { severity: "info" } : {});
  },
});

import {
  acmeIssuers,
  acmeServer,
  at,
  defineRule,
  nameOf,
  needEveryName,
  registeredDomain,
} from "../../src/rule/index.ts";

/** Let's Encrypt: new certificates per registered domain in seven days. */
const weeklyLimit = 50;

export default defineRule({
  code: "KC220",
  id: "acme-rate-limit",
  summary:
    "one certificate per service meets the rate limit of the ACME server, or its certificates are for tests only",
  severity: "warning",
  since: "0.1.0",
  citation:
    "https://letsencrypt.org/docs/rate-limits/; https://letsencrypt.org/docs/staging-environment/; knative/serving pkg/reconciler/route/route.go externalDomainTLS",
  reads: ["issuerUses", "demands", "ClusterIssuer", "Issuer"],
  messages: {
    limit: {
      says: "Knative asks {issuer} for {count} certificates below {domain}; Let's Encrypt issues {limit} a week for a registered domain",
      breaks:
        "the rest waits for hours or days, also when all are asked for anew, as after a change of issuerRef",
      fix: "set namespace-wildcard-cert-selector and use DNS-01, so that one certificate serves a namespace",
    },
    staging: {
      says: "{issuer} uses the staging server of Let's Encrypt",
      breaks: "browsers and other clients do not trust its certificates",
      fix: "use https://acme-v02.api.letsencrypt.org/directory once everything works",
    },
  },
  subjects: acmeIssuers,
  *check({ issuer }, view, fault) {
    const server = acmeServer(issuer);
    const place = at(issuer, ["spec", "acme", "server"]);
    if (server.includes("acme-staging")) yield fault("staging", place, { issuer: nameOf(issuer) });
    if (!/\/\/acme-v02\.api\.letsencrypt\.org\//.test(server)) return;
    const counts = new Map<string, number>();
    const asked = view
      .need(view.fact("demands"))
      .list.filter(({ issuerKey, names }) => issuerKey === "issuerRef" && names.ok);
    for (const { dnsNames } of asked) {
      const domain = registeredDomain(dnsNames[0] ?? "");
      counts.set(domain, (counts.get(domain) ?? 0) + 1);
    }
    for (const [domain, count] of counts) {
      if (count > weeklyLimit)
        yield fault("limit", place, { issuer: nameOf(issuer), count, domain, limit: weeklyLimit });
    }
    needEveryName(view);
  },
});

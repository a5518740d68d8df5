import { coverProblem, defineRule, leafOf, nameOf, secretsFor } from "../../src/rule/index.ts";

export default defineRule({
  code: "KC307",
  id: "external-name-missing",
  summary: "an external certificate does not cover the host it is served for",
  severity: "error",
  since: "0.1.0",
  citation:
    "knative/serving pkg/reconciler/route/route.go externalDomainTLS; pkg/reconciler/domainmapping/reconciler.go tls",
  reads: ["demands", "Secret"],
  follows: ["KC301"],
  messages: {
    lacks: {
      says: "the certificate in {secret}, served for {host}, {why}",
      breaks: "browsers and clients refuse it",
      fix: "delete the Secret, so that cert-manager issues it anew from its Certificate",
    },
  },
  *subjects(view) {
    yield* secretsFor("external-domain", view);
  },
  *check({ demand, ...secret }, view, fault) {
    const leaf = leafOf(secret, view);
    if (!leaf) return;
    for (const host of demand.dnsNames) {
      const why = coverProblem(leaf.certificate, host);
      if (why === undefined) continue;
      const related = demand.place ? [{ place: demand.place, note: "it is asked for this" }] : [];
      yield fault("lacks", leaf.place, { secret: nameOf(secret), host, why }, { related });
    }
  },
});

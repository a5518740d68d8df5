import {
  coverProblem,
  defineRule,
  leafOf,
  nameOf,
  secretsFor,
  sentence,
} from "../../src/rule/index.ts";

export default defineRule({
  code: "KC303",
  id: "cluster-local-name-missing",
  summary: "a cluster-local certificate lacks a name under which the service is called",
  severity: "error",
  since: "0.1.0",
  citation:
    "knative/serving pkg/reconciler/route/resources/certificate.go MakeClusterLocalCertificate; knative/networking pkg/ingress/ingress.go ExpandedHosts",
  reads: ["demands", "Secret"],
  follows: ["KC301"],
  messages: {
    lacks: {
      says: "the certificate in {secret} lacks {missing}; it is for {names}",
      breaks: "clients that call the service by that name refuse the certificate",
      fix: "delete the Secret, so that cert-manager issues it anew; if the names stay wrong, see whether --cluster-domain is that of the cluster",
    },
  },
  *subjects(view) {
    yield* secretsFor("cluster-local-domain", view);
  },
  *check({ demand, ...secret }, view, fault) {
    const leaf = leafOf(secret, view);
    if (!leaf || !demand.names.ok) return;
    const { certificate, place } = leaf;
    const missing = demand.names.dnsNames.filter(
      (name) => coverProblem(certificate, name) !== undefined,
    );
    if (missing.length === 0) return;
    const data = {
      secret: nameOf(secret),
      missing: sentence(missing),
      names: sentence(certificate.names.dns) || "no name",
    };
    const related = demand.place ? [{ place: demand.place, note: "it is asked for this" }] : [];
    yield fault("lacks", place, data, { related });
  },
});

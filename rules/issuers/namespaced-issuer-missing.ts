import {
  defineRule,
  examples,
  isOwnGroup,
  issuerType,
  nameOf,
  placesOf,
  referencesTo,
  solversOf,
  topicsOf,
  type IssuerUse,
  type View,
} from "../../src/rule/index.ts";

export default defineRule({
  code: "KC203",
  id: "namespaced-issuer-missing",
  summary:
    "a reference names an Issuer, which must exist in every namespace that gets certificates",
  severity: "error",
  since: "0.1.0",
  citation:
    "knative/serving pkg/reconciler/certificate/certificate.go isHTTPChallenge; cert-manager pkg/controller/context.go (Issuers are looked for in the Certificate's namespace)",
  reads: ["issuerUses", "demands", "Issuer"],
  follows: ["KC106"],
  messages: {
    missing: {
      says: "Issuer {name}, named by {references}, is missing in {count} of the {total} namespaces that get certificates: {namespaces}",
      breaks: "there no certificate is issued: every CertificateRequest stays Pending",
      fix: "use a ClusterIssuer, or create the Issuer in each of these namespaces",
    },
    http: {
      says: "{issuer}, named by {references}, solves HTTP-01 challenges",
      breaks:
        'Knative looks for ClusterIssuers only when it routes challenges: it fails with clusterissuer "{name}" not found, and no certificate is ever issued',
      fix: "use a ClusterIssuer",
    },
  },
  *subjects(view) {
    for (const use of view.need(view.fact("issuerUses"))) {
      const { kind, group, name } = use.target;
      if (kind === "Issuer" && isOwnGroup(group)) yield { kind, namespace: "", name, use };
    }
  },
  *check({ name, use }, view, fault) {
    const { place, related } = placesOf(use, "kind");
    const extra = { related, dependsOn: topicsOf(use) };
    const external = use.references.some(({ reference }) => reference.key === "issuerRef");
    const http = view
      .all("Issuer")
      .find(
        (issuer) =>
          issuer.name === name &&
          issuerType(issuer) === "acme" &&
          solversOf(issuer).some(({ type }) => type === "http01"),
      );
    if (http && external)
      yield fault("http", place, { references: "issuerRef", issuer: nameOf(http), name }, extra);
    const wanted = namespacesOf(use, view);
    const missing = wanted.filter((namespace) => {
      const answer = view.lookup("Issuer", namespace, name);
      return answer.state !== "assumed" && view.expect("Issuer", namespace, name) === undefined;
    });
    if (missing.length > 0) {
      const data = {
        references: referencesTo(use),
        name,
        count: missing.length,
        total: wanted.length,
        namespaces: examples(missing),
      };
      const affects = missing.map((one) => nameOf({ kind: "Issuer", namespace: one, name }));
      yield fault("missing", place, data, { ...extra, affects });
    }
  },
});

function namespacesOf(use: IssuerUse, view: View<"demands">): readonly string[] {
  const keys = new Set(use.references.map(({ reference }) => reference.key));
  const demands = view
    .need(view.fact("demands"))
    .list.filter(({ issuerKey }) => keys.has(issuerKey));
  return [...new Set(demands.map(({ namespace }) => namespace))].toSorted();
}

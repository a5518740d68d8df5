import {
  defineRule,
  featuresOf,
  issuerType,
  nameOf,
  placesOf,
  referencesTo,
  severityByUse,
  topicsOf,
  usedIssuers,
  type IssuerUse,
} from "../../src/rule/index.ts";

export default defineRule({
  code: "KC204",
  id: "acme-for-internal-names",
  summary: "an ACME issuer is to sign names that no ACME server can validate",
  severity: "error",
  since: "0.1.0",
  citation:
    "https://knative.dev/docs/serving/encryption/configure-certmanager-integration/#issuer-selection; RFC 8555 section 8",
  reads: ["issuerUses", "ClusterIssuer", "Issuer"],
  follows: ["KC106"],
  messages: {
    acme: {
      says: "{issuer}, an ACME issuer, is named by {references}, but the names for {features} exist only inside the cluster",
      breaks:
        "no ACME server can validate names such as kn-user-shop or hello.shop.svc: the certificates are never issued",
      fix: "name an issuer that signs any name, such as a CA issuer",
    },
  },
  *subjects(view) {
    for (const used of usedIssuers(view)) {
      const internal = { ...used.use, references: used.use.references.filter(isInternal) };
      if (internal.references.length > 0) yield { ...used, use: internal };
    }
  },
  *check({ kind, namespace, name, use }, view, fault) {
    const issuer = view.expect(kind, namespace, name);
    if (!issuer || issuerType(issuer) !== "acme") return;
    const { place, related } = placesOf(use, "name");
    const data = {
      references: referencesTo(use),
      issuer: nameOf(issuer),
      features: featuresOf(use),
    };
    const extra = {
      related,
      severity: severityByUse(use, "error"),
      affects: topicsOf(use),
      dependsOn: topicsOf(use),
    };
    yield fault("acme", place, data, extra);
  },
});

function isInternal({ reference }: IssuerUse["references"][number]): boolean {
  return reference.key !== "issuerRef";
}

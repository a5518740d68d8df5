import {
  defineRule,
  issuerType,
  nameOf,
  placesOf,
  referencesTo,
  severityByUse,
  topicsOf,
  usedIssuers,
} from "../../src/rule/index.ts";

export default defineRule({
  code: "KC205",
  id: "selfsigned-issuer-used-directly",
  summary: "a bare selfSigned issuer signs Knative's certificates: each is its own root",
  severity: "error",
  since: "0.1.0",
  citation:
    "cert-manager pkg/controller/certificaterequests/selfsigned/selfsigned.go; knative/serving pkg/activator/certificate/cache.go",
  reads: ["issuerUses", "ClusterIssuer", "Issuer"],
  follows: ["KC106"],
  messages: {
    internal: {
      says: "{issuer}, a selfSigned issuer, is named by {references}: every certificate is its own root",
      breaks:
        "the activator trusts only its own certificate and refuses that of every queue-proxy: certificate signed by unknown authority",
      fix: "let the selfSigned issuer sign one CA certificate (isCA: true), and name a CA issuer that uses it",
    },
    clients: {
      says: "{issuer}, a selfSigned issuer, is named by {references}: every certificate is its own root",
      breaks: "a client would have to trust every single certificate anew at each renewal",
      fix: "let the selfSigned issuer sign one CA certificate (isCA: true), and name a CA issuer that uses it",
    },
  },
  subjects: usedIssuers,
  *check({ kind, namespace, name, use }, view, fault) {
    const issuer = view.expect(kind, namespace, name);
    if (!issuer || issuerType(issuer) !== "selfSigned") return;
    const { place, related } = placesOf(use, "name");
    const data = { references: referencesTo(use), issuer: nameOf(issuer) };
    const internal = {
      ...use,
      references: use.references.filter(
        ({ reference }) => reference.key === "systemInternalIssuerRef",
      ),
    };
    const shared = { related, affects: topicsOf(use), dependsOn: topicsOf(use) };
    if (internal.references.length > 0)
      yield fault("internal", place, data, {
        ...shared,
        severity: severityByUse(internal, "error"),
      });
    else
      yield fault("clients", place, data, { ...shared, severity: severityByUse(use, "warning") });
  },
});

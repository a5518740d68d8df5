import {
  at,
  atLeast,
  caOf,
  certificateTitle,
  defineRule,
  isCa,
  nameOf,
  rotationPolicyOf,
  severityOfAuthority,
  sha1KeyId,
  statusTime,
} from "../../src/rule/index.ts";

export default defineRule({
  code: "KC404",
  id: "ca-key-identifier-changes",
  summary: "the next renewal of a CA keeps its key and changes its key identifier",
  severity: "warning",
  since: "0.1.0",
  citation: "golang/go#71746; cert-manager#8289; RFC 7093 section 2",
  holdsFor: "cert-manager >= 1.19, for a CA that an older release issued",
  reads: ["authorities", "defaultRotationPolicy", "versions", "Secret"],
  messages: {
    changes: {
      says: "{ca}, the CA of {issuer}, has a key identifier by SHA-1; cert-manager {version} gives it one by SHA-256 when it renews it, though the key stays",
      breaks:
        "Go goes on accepting what it signed before; clients with OpenSSL look for the old key identifier and refuse: unable to get local issuer certificate",
      fix: "keep the old CA certificate in the bundles of such clients beside the new one, and let the certificates below be issued anew after the renewal",
    },
  },
  *subjects(view) {
    for (const authority of view.fact("authorities")) yield { ...authority.issuer, authority };
  },
  *check({ authority }, view, fault) {
    const { issuer, certificates } = authority;
    const maker = certificates.find(isCa);
    const ca = caOf(authority, view)?.certificates[0];
    if (!maker || !ca || ca.certificate.subjectKeyId !== sha1KeyId(ca.certificate)) return;
    const policy = view.need(rotationPolicyOf(maker, view.fact("defaultRotationPolicy")));
    if (policy === "Always") return;
    const version = view.need(view.fact("versions").certManager);
    if (!atLeast(version, "1.19")) return;
    const data = { ca: certificateTitle(ca.certificate), issuer: nameOf(issuer), version };
    const from = statusTime(maker, "renewalTime");
    yield fault("changes", at(issuer, ["spec", "ca", "secretName"]), data, {
      severity: severityOfAuthority([authority], "warning"),
      related: [{ place: ca.place, note: "the certificate" }],
      ...(from && { from }),
    });
  },
});

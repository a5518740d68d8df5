import {
  at,
  defineRule,
  isCa,
  issuerNameOf,
  nameOf,
  severityOfAuthority,
} from "../../src/rule/index.ts";

export default defineRule({
  code: "KC311",
  id: "leaf-overwrites-ca",
  summary: "a Certificate that is no CA writes the Secret from which an issuer signs",
  severity: "error",
  since: "0.1.0",
  citation:
    "cert-manager pkg/controller/certificaterequests/ca/ca.go; cert-manager#7002 (DecodeError hint since 1.20)",
  reads: ["authorities", "Certificate"],
  messages: {
    overwrites: {
      says: "{certificate}, which is no CA, writes {secret}, from which {issuer} signs",
      breaks:
        "the CA is overwritten by the first certificate that it signs: the issuer then says ErrInvalidKeyPair, certificate is not a CA, and nothing is issued any more",
      fix: "give {certificate} another secretName",
    },
  },
  *subjects(view) {
    for (const authority of view.fact("authorities")) yield { ...authority.issuer, authority };
  },
  *check({ authority }, view, fault) {
    const { issuer, secret, certificates } = authority;
    const name = nameOf({ kind: "Secret", ...secret });
    const hasCa = certificates.some(isCa);
    for (const certificate of certificates) {
      const own = issuerNameOf(certificate) === nameOf(issuer);
      if (isCa(certificate) || !(own || hasCa)) continue;
      const data = { certificate: nameOf(certificate), secret: name, issuer: nameOf(issuer) };
      yield fault("overwrites", at(certificate, ["spec", "secretName"]), data, {
        severity: severityOfAuthority([authority], "error"),
        related: [
          {
            place: at(issuer, ["spec", "ca", "secretName"]),
            note: `${nameOf(issuer)} signs from it`,
          },
        ],
        affects: [name],
      });
    }
    if (certificates.length === 0 && !view.complete("Certificate", secret.namespace))
      view.notEvaluated(`no Certificate is known that writes ${name}`);
  },
});

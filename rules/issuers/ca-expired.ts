import {
  at,
  caOf,
  certificateTitle,
  defineRule,
  isCa,
  nameOf,
  rfc3339,
  secretsBelow,
  severityOfAuthority,
} from "../../src/rule/index.ts";

export default defineRule({
  code: "KC211",
  id: "ca-expired",
  summary: "an issuer signs with a CA that is out of its validity, and still says Ready",
  severity: "error",
  since: "0.1.0",
  citation: "cert-manager pkg/issuer/ca/setup.go (validity is not looked at); cert-manager#6323",
  reads: ["authorities", "signedLeaves", "Secret"],
  follows: ["KC317"],
  messages: {
    expired: {
      says: "{ca}, with which {issuer} signs, expired on {date}",
      breaks:
        "the issuer says Ready and goes on signing: what it signs is refused by everybody, and so is everything it ever signed",
      fix: "renew the CA, and let every certificate below it be issued anew: cmctl renew",
    },
    notYet: {
      says: "{ca}, with which {issuer} signs, is not valid before {date}",
      breaks: "the issuer says Ready and signs: what it signs is refused by everybody until then",
      fix: "wait until then before anything uses the issuer, or make the CA anew",
    },
  },
  *subjects(view) {
    for (const authority of view.fact("authorities")) yield { ...authority.issuer, authority };
  },
  *check({ authority }, view, fault) {
    const { issuer } = authority;
    for (const { certificate, place } of caOf(authority, view)?.certificates ?? []) {
      const { notBefore, notAfter } = certificate;
      if (view.now >= notBefore && view.now <= notAfter) continue;
      const data = { ca: certificateTitle(certificate), issuer: nameOf(issuer) };
      const extra = {
        severity: severityOfAuthority([authority], "error"),
        related: [{ place, note: "the certificate" }],
        affects: secretsBelow(authority, view),
        dependsOn: [nameOf(authority.certificates.find(isCa) ?? issuer)],
      };
      const spot = at(issuer, ["spec", "ca", "secretName"]);
      if (view.now > notAfter)
        yield fault("expired", spot, { ...data, date: rfc3339(notAfter) }, extra);
      else yield fault("notYet", spot, { ...data, date: rfc3339(notBefore) }, extra);
    }
  },
});

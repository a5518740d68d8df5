import { at, caOf, certificateTitle, defineRule, nameOf, rfc3339 } from "../../src/rule/index.ts";

export default defineRule({
  code: "KC405",
  id: "ca-unmanaged",
  summary: "no Certificate renews a CA that Knative's certificates rest on",
  severity: "info",
  since: "0.1.0",
  citation: "https://cert-manager.io/docs/configuration/ca/; cert-manager#2766",
  reads: ["authorities", "Certificate", "Secret"],
  messages: {
    unmanaged: {
      says: "{ca}, the CA of {issuer}, comes from no Certificate: nothing renews it, and it ends at {end}",
      breaks: "at its end everything it signed is refused at once, and nothing warns of it before",
      fix: "put the date into a calendar, with time for a rotation before it; or let a Certificate make the CA",
    },
  },
  *subjects(view) {
    for (const authority of view.fact("authorities")) yield { ...authority.issuer, authority };
  },
  *check({ authority }, view, fault) {
    const { issuer, certificates, secret } = authority;
    if (certificates.length > 0) return;
    const ca = caOf(authority, view)?.certificates[0];
    if (!ca) return;
    if (!view.complete("Certificate", secret.namespace))
      view.notEvaluated(
        `whether a Certificate writes ${nameOf({ kind: "Secret", ...secret })} is not known`,
      );
    const { notAfter } = ca.certificate;
    const data = {
      ca: certificateTitle(ca.certificate),
      issuer: nameOf(issuer),
      end: rfc3339(notAfter),
    };
    yield fault("unmanaged", at(issuer, ["spec", "ca", "secretName"]), data, {
      from: notAfter,
      related: [{ place: ca.place, note: "the certificate" }],
    });
  },
});

import {
  at,
  caOf,
  certificateTitle,
  defineRule,
  examples,
  isCa,
  isIssuedBy,
  leavesOf,
  nameOf,
  needEveryDemand,
  rfc3339,
  severityOfAuthority,
} from "../../src/rule/index.ts";

export default defineRule({
  code: "KC313",
  id: "leaf-outlives-ca",
  summary: "certificates are valid longer than the CA that signed them",
  severity: "error",
  since: "0.1.0",
  citation:
    "https://cert-manager.io/docs/configuration/ca/; cert-manager#5864; RFC 5280 section 6.1.3",
  reads: ["authorities", "demands", "signedLeaves", "Secret"],
  follows: ["KC402", "KC403"],
  messages: {
    outlives: {
      says: "{ca}, with which {issuer} signs, ends at {end}; of what it signed, {count} would live longer: {names}",
      breaks: "they are refused from the end of the CA on, and cert-manager renews them only later",
      fix: "renew the CA with its key kept, put the new CA certificate into every trust bundle, and let these certificates be issued anew",
    },
  },
  *subjects(view) {
    for (const authority of view.fact("authorities")) yield { ...authority.issuer, authority };
  },
  *check({ authority }, view, fault) {
    const { issuer } = authority;
    const ca = caOf(authority, view)?.certificates[0];
    if (!ca || view.now > ca.certificate.notAfter) return;
    const outliving = leavesOf(authority, view).filter(
      ({ certificate }) =>
        certificate.notAfter > ca.certificate.notAfter && isIssuedBy(certificate, ca.certificate),
    );
    const [first] = outliving;
    if (!first) return needEveryDemand(view);
    const maker = authority.certificates.find(isCa);
    const worst = maker ? "warning" : "error";
    const data = {
      ca: certificateTitle(ca.certificate),
      issuer: nameOf(issuer),
      end: rfc3339(ca.certificate.notAfter),
      count: outliving.length,
      names: examples(outliving.map(nameOf)),
    };
    yield fault("outlives", at(issuer, ["spec", "ca", "secretName"]), data, {
      severity: severityOfAuthority([authority], worst),
      from: ca.certificate.notAfter,
      related: [
        {
          place: first.place,
          note: `${nameOf(first)} ends at ${rfc3339(first.certificate.notAfter)}`,
        },
      ],
      dependsOn: [nameOf(maker ?? issuer)],
    });
  },
});

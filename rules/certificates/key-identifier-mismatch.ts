import {
  at,
  caOf,
  certificateTitle,
  defineRule,
  examples,
  isIssuedBy,
  leavesOf,
  nameOf,
  needEveryDemand,
  severityOfAuthority,
} from "../../src/rule/index.ts";

export default defineRule({
  code: "KC315",
  id: "key-identifier-mismatch",
  summary:
    "certificates name another key identifier than their CA has, so OpenSSL does not find it",
  severity: "warning",
  since: "0.1.0",
  citation: "cert-manager#8289; golang/go#71746; RFC 5280 section 4.2.1.1",
  reads: ["authorities", "demands", "signedLeaves", "Secret"],
  follows: ["KC404"],
  messages: {
    mismatch: {
      says: "key identifier {asked} is named by {count} of what {issuer} signed, but its CA, {ca}, has {has}: {names}",
      breaks:
        "Go accepts them, as the signature fits; clients with OpenSSL refuse them: unable to get local issuer certificate",
      fix: "let these certificates be issued anew: cmctl renew; until then keep the old CA certificate in the bundles of such clients",
    },
  },
  *subjects(view) {
    for (const authority of view.fact("authorities")) yield { ...authority.issuer, authority };
  },
  *check({ authority }, view, fault) {
    const { issuer } = authority;
    const ca = caOf(authority, view)?.certificates[0];
    const has = ca?.certificate.subjectKeyId;
    if (!ca || has === undefined) return;
    const others = leavesOf(authority, view).filter(
      ({ certificate }) =>
        certificate.authorityKeyId !== undefined &&
        certificate.authorityKeyId !== has &&
        isIssuedBy(certificate, ca.certificate),
    );
    const [first] = others;
    if (!first) return needEveryDemand(view);
    const data = {
      count: others.length,
      issuer: nameOf(issuer),
      asked: first.certificate.authorityKeyId ?? "",
      ca: certificateTitle(ca.certificate),
      has,
      names: examples(others.map(nameOf)),
    };
    yield fault("mismatch", at(issuer, ["spec", "ca", "secretName"]), data, {
      severity: severityOfAuthority([authority], "warning"),
      related: [{ place: first.place, note: `${nameOf(first)} is one of them` }],
    });
  },
});

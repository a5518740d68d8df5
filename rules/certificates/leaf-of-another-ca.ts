import {
  at,
  bringsFormerIntermediate,
  caOf,
  certificateTitle,
  defineRule,
  examples,
  isCa,
  isIssuedBy,
  issuerOf,
  leavesOf,
  nameOf,
  needEveryDemand,
  rfc3339,
  severityOfAuthority,
  type SignedLeaf,
} from "../../src/rule/index.ts";

export default defineRule({
  code: "KC314",
  id: "leaf-of-another-ca",
  summary: "certificates are not signed by the CA that their issuer signs with now",
  severity: "error",
  since: "0.1.0",
  citation:
    "https://cert-manager.io/docs/configuration/ca/; cert-manager#2478; cert-manager internal/controller/certificates/policies/policies.go (the CA is not looked at)",
  reads: ["authorities", "demands", "signedLeaves", "Secret"],
  follows: ["KC401", "KC604", "KC606"],
  messages: {
    other: {
      says: "{count} of {all} certificates that {issuer} signed are not of its present CA, {ca}, valid since {since}: {names}",
      breaks:
        "cert-manager leaves them as they are until their own renewal; until then both CAs must be trusted, and whoever knows one only refuses half of them",
      fix: "have old and new CA in every trust bundle, then let these certificates be issued anew: cmctl renew",
    },
  },
  *subjects(view) {
    for (const authority of view.fact("authorities")) yield { ...authority.issuer, authority };
  },
  *check({ authority }, view, fault) {
    const { issuer } = authority;
    const [ca] = caOf(authority, view)?.certificates ?? [];
    if (!ca) return;
    const leaves = leavesOf(authority, view).filter((leaf) => !isReplaced(leaf));
    const others = leaves.filter(
      ({ certificate, chain }) =>
        !isIssuedBy(certificate, ca.certificate) &&
        !bringsFormerIntermediate(chain, ca.certificate),
    );
    const [first] = others;
    if (!first) return needEveryDemand(view);
    const maker = authority.certificates.find(isCa);
    const data = {
      count: others.length,
      all: leaves.length,
      issuer: nameOf(issuer),
      ca: certificateTitle(ca.certificate),
      since: rfc3339(ca.certificate.notBefore),
      names: examples(others.map(nameOf)),
    };
    yield fault("other", at(issuer, ["spec", "ca", "secretName"]), data, {
      severity: severityOfAuthority([authority], "error"),
      related: [{ place: first.place, note: `issued by ${first.certificate.issuer.text}` }],
      dependsOn: [nameOf(maker ?? issuer)],
    });
  },
});

/** The Secret is of another issuer than the Certificate names now: cert-manager is about to issue it anew. */
function isReplaced({ maker, secret }: SignedLeaf): boolean {
  const by = secret.annotations.get("cert-manager.io/issuer-name");
  return maker !== undefined && by !== undefined && by !== issuerOf(maker).name;
}

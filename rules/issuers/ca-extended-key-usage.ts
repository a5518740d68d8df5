import {
  at,
  caOf,
  certificateTitle,
  defineRule,
  isCa,
  nameOf,
  secretsBelow,
  sentence,
  severityOfAuthority,
  stringList,
  type Authority,
  type Place,
  type View,
} from "../../src/rule/index.ts";

export default defineRule({
  code: "KC213",
  id: "ca-extended-key-usage",
  summary: "the extended key usages of a CA leave out server authentication",
  severity: "error",
  since: "0.1.0",
  citation:
    "https://pkg.go.dev/crypto/x509#Certificate.Verify; cert-manager pkg/util/pki/csr.go; RFC 5280 section 4.2.1.12",
  reads: ["authorities", "signedLeaves", "Secret"],
  messages: {
    noServerAuth: {
      says: "{ca}, the CA of {issuer}, is for {usages} only, and not for server authentication",
      breaks:
        "certificates are issued, and every client refuses them: x509: certificate specifies an incompatible key usage; usages count along the whole chain",
      fix: "make the CA anew with server auth among its usages, or with no extended key usage at all",
    },
  },
  *subjects(view) {
    for (const authority of view.fact("authorities")) yield { ...authority.issuer, authority };
  },
  *check({ authority }, view, fault) {
    const { issuer } = authority;
    for (const { ca, usages, place } of restrictedOf(authority, view)) {
      const data = { ca, issuer: nameOf(issuer), usages: sentence(usages) };
      yield fault("noServerAuth", at(issuer, ["spec", "ca", "secretName"]), data, {
        severity: severityOfAuthority([authority], "error"),
        related: [{ place, note: "its usages" }],
        affects: secretsBelow(authority, view),
      });
    }
  },
});

interface Restricted {
  readonly ca: string;
  readonly usages: readonly string[];
  readonly place: Place;
}

/** What cert-manager's words mean as extended key usages (pkg/apis/certmanager/v1/types.go, pkg/api/util/usages.go). */
const extended = new Set([
  "any",
  "server auth",
  "client auth",
  "code signing",
  "email protection",
  "s/mime",
  "ipsec end system",
  "ipsec tunnel",
  "ipsec user",
  "timestamping",
  "ocsp signing",
  "microsoft sgc",
  "netscape sgc",
]);

function restrictedOf(authority: Authority, view: View<"Secret">): readonly Restricted[] {
  const written = authority.certificates.filter(isCa).flatMap((certificate) => {
    const usages = stringList(certificate.raw, "spec", "usages").filter((one) => extended.has(one));
    const bad = usages.length > 0 && !usages.includes("any") && !usages.includes("server auth");
    return bad
      ? [{ ca: nameOf(certificate), usages, place: at(certificate, ["spec", "usages"], "key") }]
      : [];
  });
  const { namespace, name } = authority.secret;
  if (written.length > 0 && !view.find("Secret", namespace, name)) return written;
  return (caOf(authority, view)?.certificates ?? []).flatMap(({ certificate, place }) => {
    const { extKeyUsage: usages = [] } = certificate;
    const bad = usages.length > 0 && !usages.includes("any") && !usages.includes("serverAuth");
    return bad ? [{ ca: certificateTitle(certificate), usages, place }] : [];
  });
}

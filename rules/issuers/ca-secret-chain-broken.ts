import {
  acceptsIssuer,
  at,
  caOf,
  certificatesOf,
  certificateTitle,
  defineRule,
  nameOf,
  severityOfAuthority,
  validity,
  type Certificate,
} from "../../src/rule/index.ts";

const breaks =
  "the issuer says Ready, but every request fails with a SigningError: certificate chain is malformed or broken";

export default defineRule({
  code: "KC210",
  id: "ca-secret-chain-broken",
  summary: "the Secret of a CA issuer holds certificates that are no single chain",
  severity: "error",
  since: "0.1.0",
  citation:
    "cert-manager pkg/util/pki/parse_certificate_chain.go ParseSingleCertificateChain; cert-manager#7037",
  reads: ["authorities", "Secret"],
  messages: {
    stray: {
      says: "{secret}, from which {issuer} signs, holds {count} certificates that form no single chain: {stray} did not sign what stands before it",
      breaks,
      fix: "leave the CA in tls.crt, with the CAs that signed it behind it, and nothing else; an old CA belongs into trust bundles, not here",
    },
    foreignRoot: {
      says: "ca.crt of {secret}, from which {issuer} signs, is {root}, which did not sign its tls.crt",
      breaks,
      fix: "put the root of the CA into ca.crt, or leave ca.crt out",
    },
    malformed: {
      says: "tls.crt of {secret}, from which {issuer} signs, holds a certificate that does not parse: {why}",
      breaks: "the issuer is not Ready: ErrGetKeyPair, and nothing is issued through it",
      fix: "put the CA certificate in again, as PEM",
    },
    empty: {
      says: "tls.crt of {secret}, from which {issuer} signs, holds no certificate",
      breaks: "the issuer is not Ready: ErrGetKeyPair, and nothing is issued through it",
      fix: "put the CA certificate in, as PEM",
    },
  },
  *subjects(view) {
    for (const authority of view.fact("authorities")) yield { ...authority.issuer, authority };
  },
  *check({ authority }, view, fault) {
    const ca = caOf(authority, view);
    if (!ca) return;
    const { issuer } = authority;
    const secret = nameOf({ kind: "Secret", ...authority.secret });
    const data = { secret, issuer: nameOf(issuer) };
    const extra = {
      severity: severityOfAuthority([authority], "error"),
      related: [
        {
          place: at(issuer, ["spec", "ca", "secretName"]),
          note: `${nameOf(issuer)} signs from it`,
        },
      ],
      affects: [nameOf(issuer), secret],
    };
    const [broken] = ca.malformed;
    if (broken) yield fault("malformed", broken.place, { ...data, why: broken.why }, extra);
    if (ca.certificates.length + ca.malformed.length === 0)
      yield fault("empty", ca.place, data, extra);
    const certificates = distinct(ca.certificates.map(({ certificate }) => certificate));
    const stray = strayIn(certificates);
    const evidence = certificates.map(
      (one) => `${certificateTitle(one)}, ${validity(one)}, key ${one.keyId.slice(0, 16)}`,
    );
    if (stray) {
      const found = ca.certificates.find(({ certificate }) => certificate === stray);
      const strayData = { ...data, count: certificates.length, stray: certificateTitle(stray) };
      yield fault("stray", found?.place ?? ca.place, strayData, { ...extra, evidence });
      return;
    }
    const found = view.find("Secret", authority.secret.namespace, authority.secret.name);
    const root = found && certificatesOf(found, "ca.crt", view)?.certificates[0];
    if (!root || certificates.length === 0) return;
    if (strayIn(distinct([...certificates, root.certificate])))
      yield fault(
        "foreignRoot",
        root.place,
        { ...data, root: certificateTitle(root.certificate) },
        { ...extra, evidence },
      );
  },
});

function distinct(certificates: readonly Certificate[]): readonly Certificate[] {
  return [...new Map(certificates.map((one) => [one.fingerprint, one])).values()];
}

/** A certificate that has no place in the chain which starts with the first one, in whatever order they stand. */
function strayIn(certificates: readonly Certificate[]): Certificate | undefined {
  const [first, ...rest] = certificates;
  if (!first) return undefined;
  const left = new Set(rest);
  for (let top: Certificate | undefined = first; top;) {
    const below: Certificate = top;
    top = [...left].find((one) => acceptsIssuer(below, one));
    if (top) left.delete(top);
  }
  const [stray] = left;
  return stray;
}

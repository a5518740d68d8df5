import {
  at,
  caOf,
  certificateTitle,
  defineRule,
  isCa,
  issuerNameOf,
  nameOf,
  secretsBelow,
  severityOfAuthority,
  type Authority,
  type Certificate,
  type KubeObject,
  type MakeFault,
  type Severity,
  type Message,
  type View,
} from "../../src/rule/index.ts";

const messages = {
  notIsCa: {
    says: "{certificate} makes the CA of {issuer}, but isCA is not true",
    breaks:
      "the issuer is not Ready: ErrInvalidKeyPair, certificate is not a CA; nothing is issued through it",
    fix: "set isCA: true",
  },
  notCa: {
    says: "{ca}, from which {issuer} signs, is no CA: {why}",
    breaks:
      "the issuer is not Ready: ErrInvalidKeyPair, certificate is not a CA; nothing is issued through it",
    fix: "put a CA certificate into its Secret",
  },
  noCertSign: {
    says: "{ca}, from which {issuer} signs, may not sign certificates: its key usage lacks Certificate Sign",
    breaks:
      "the issuer says Ready, but every request fails: certificate chain is malformed or broken",
    fix: "make the CA anew with the key usage Certificate Sign; cert-manager sets it for isCA: true",
  },
  pathTooShort: {
    says: "the path length of {ca} allows {allowed} CAs below it, but {below} stand there",
    breaks:
      "certificates are issued, and every verification fails: x509: too many intermediates for path length constraint",
    fix: "make {ca} anew with a longer path length, or without one",
  },
} as const satisfies Readonly<Record<string, Message>>;

export default defineRule({
  code: "KC209",
  id: "ca-cannot-sign",
  summary: "the certificate that an issuer signs with may not sign what it should",
  severity: "error",
  since: "0.1.0",
  citation:
    "cert-manager pkg/issuer/ca/setup.go, pkg/util/pki/parse_certificate_chain.go; RFC 5280 section 4.2.1.9",
  reads: ["authorities", "signedLeaves", "Certificate", "Secret"],
  messages,
  *subjects(view) {
    for (const authority of view.fact("authorities")) yield { ...authority.issuer, authority };
  },
  *check({ authority }, view, fault) {
    const { issuer, certificates } = authority;
    const severity = severityOfAuthority([authority], "error");
    const maker = certificates.find((one) => issuerNameOf(one) !== nameOf(issuer));
    if (maker && !certificates.some(isCa)) {
      const data = { certificate: nameOf(maker), issuer: nameOf(issuer) };
      yield fault("notIsCa", at(maker, ["spec"], "key"), data, {
        severity,
        affects: [nameOf(issuer)],
      });
      return;
    }
    const [first, ...above] = caOf(authority, view)?.certificates ?? [];
    if (!first) return;
    const shared = {
      severity,
      affects: [nameOf(issuer)],
      related: [{ place: first.place, note: "the certificate" }],
    };
    const place = at(issuer, ["spec", "ca", "secretName"]);
    const data = { ca: certificateTitle(first.certificate), issuer: nameOf(issuer) };
    const { basicConstraints, keyUsage } = first.certificate;
    if (!basicConstraints?.isCA) {
      const why = basicConstraints
        ? "its basic constraints say CA:FALSE"
        : "it has no basic constraints";
      yield fault("notCa", place, { ...data, why }, shared);
    } else if (keyUsage && !keyUsage.includes("keyCertSign"))
      yield fault("noCertSign", place, data, shared);
    const below = signed(authority, view);
    const chain = [first, ...above].map(({ certificate }) => certificate);
    const affects = () => secretsBelow(authority, view);
    yield* tooShort(chain, below, { issuer, severity, affects }, fault);
  },
});

/** The CAs that the issuer signs, which stand below its own. */
function signed({ issuer }: Authority, view: View<"Certificate">): readonly KubeObject[] {
  return view.all("Certificate").filter((one) => isCa(one) && issuerNameOf(one) === nameOf(issuer));
}

interface Reach {
  readonly issuer: KubeObject;
  readonly severity: Severity;
  readonly affects: () => readonly string[];
}

function* tooShort(
  chain: readonly Certificate[],
  signs: readonly KubeObject[],
  { issuer, severity, affects }: Reach,
  fault: MakeFault<typeof messages>,
) {
  const [sub] = signs;
  for (const [depth, certificate] of chain.entries()) {
    const allowed = certificate.basicConstraints?.pathLength;
    const below = depth + (sub ? 1 : 0);
    if (allowed === undefined || allowed >= below) continue;
    const data = { ca: certificateTitle(certificate), allowed, below };
    yield fault("pathTooShort", at(issuer, ["spec", "ca", "secretName"]), data, {
      severity,
      affects: affects(),
      related: sub
        ? [{ place: at(sub, ["spec", "isCA"]), note: `${nameOf(sub)} is a CA that it signs` }]
        : [],
    });
  }
}

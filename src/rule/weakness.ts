import type { Certificate } from "../pki/certificate/certificate.ts";

/** What Go's crypto/x509 and crypto/tls refuse, or others do. */
export interface Weakness {
  readonly refused: boolean;
  /** Reads on after the name of the certificate: "has an RSA key of 512 bits". */
  readonly what: string;
}

const longestSerial = 2n ** 159n;

/** Weak keys, signatures and numbers of a certificate that somebody else signed, unless it is an anchor. */
export function weaknessesOf(certificate: Certificate): readonly Weakness[] {
  return [
    ...keyWeaknesses(certificate),
    ...signatureWeaknesses(certificate),
    ...serialWeaknesses(certificate),
  ];
}

/**
 * Go 1.24 rsa1024min; CA/Browser Forum baseline requirements 6.1.5; RFC 8446 section 4.2.3 has no P-224, which matters to
 * who serves TLS, and not to a CA.
 */
function* keyWeaknesses({ publicKey, basicConstraints }: Certificate): Iterable<Weakness> {
  if (publicKey.algorithm === "RSA" && publicKey.bits < 2048) {
    const refused = publicKey.bits < 1024;
    yield { refused, what: `has an RSA key of ${String(publicKey.bits)} bits` };
  }
  if (publicKey.algorithm === "RSA" && publicKey.bits > 8192)
    yield {
      refused: true,
      what: `has an RSA key of ${String(publicKey.bits)} bits, more than 8192`,
    };
  if (publicKey.algorithm === "ECDSA" && publicKey.curve === "P-224" && !basicConstraints?.isCA)
    yield { refused: true, what: "has a key on the curve P-224, which TLS 1.3 does not know" };
  if (publicKey.algorithm === "DSA") yield { refused: true, what: "has a DSA key" };
  if (publicKey.algorithm === "unknown")
    yield { refused: true, what: `has a key of an unknown algorithm, ${publicKey.oid}` };
}

/** The signature of a certificate that signed itself is never looked at. */
function* signatureWeaknesses({ signature, issuer, subject }: Certificate): Iterable<Weakness> {
  if (signature.kind === "symbolic" || issuer.key === subject.key) return;
  const { algorithm, oid } = signature;
  if (!algorithm) yield { refused: true, what: `is signed with an unknown algorithm, ${oid}` };
  else if (algorithm.hash === "sha1" || algorithm.hash === "md5")
    yield { refused: true, what: `is signed with ${algorithm.name}` };
}

function* serialWeaknesses({ serial }: Certificate): Iterable<Weakness> {
  if (serial <= 0n) yield { refused: false, what: "has no positive serial number" };
  if (serial >= longestSerial)
    yield { refused: false, what: "has a serial number of more than 20 octets" };
}

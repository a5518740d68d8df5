import type { Certificate } from "../certificate/certificate.ts";
import type { PublicKey } from "../certificate/public-key.ts";
import { lacksKeyUsage } from "./issued.ts";
import type { Problem } from "./verdict.ts";

/**
 * Why no TLS 1.3 handshake comes about with the key of a leaf, whoever signed it: its server is a Go program, which
 * must be able to sign with it (crypto/tls X509KeyPair, crypto/rsa checkKeySize), and the dialer must have offered an
 * algorithm for it: Go all of its own (crypto/tls defaultSupportedSignatureAlgorithms), Envoy those of BoringSSL's
 * kVerifySignatureAlgorithms.
 */
export function tlsKeyProblem(
  { publicKey }: Certificate,
  dialer: "go" | "boring",
): Problem | undefined {
  const why = serverProblem(publicKey) ?? dialerProblems[dialer](publicKey);
  return why === undefined ? undefined : { code: "not-supported", why };
}

function serverProblem(key: PublicKey): string | undefined {
  switch (key.algorithm) {
    case "RSA":
      return key.bits < 1024
        ? `has a key with which Go signs nothing (RSA ${String(key.bits)})`
        : undefined;
    case "ECDSA":
      return key.curve === "P-224"
        ? "has a key on the curve P-224, which TLS 1.3 does not know"
        : undefined;
    case "DSA":
    case "unknown":
      return "has a key of a kind that Go does not serve with";
    default:
      return undefined;
  }
}

const dialerProblems = {
  go: (key: PublicKey) =>
    key.algorithm === "RSA" && key.bits > 8192
      ? `has a key that is too long for Go (RSA ${String(key.bits)}, at most 8192)`
      : undefined,
  boring: (key: PublicKey) => {
    const kind = key.algorithm === "ECDSA" ? key.curve : key.algorithm;
    return kind === "P-521" || kind === "Ed25519"
      ? `has a ${kind} key, for which Envoy offers no signature algorithm`
      : undefined;
  },
};

/**
 * Why Envoy does not take a certificate to serve with, and refuses the whole listener instead (source/common/tls/
 * context_impl.cc; BoringSSL SSL_CTX_use_certificate).
 */
export function envoyServerProblem(leaf: Certificate): string | undefined {
  const { publicKey } = leaf;
  if (publicKey.algorithm === "RSA" && publicKey.bits < 2048)
    return `has an RSA key of ${String(publicKey.bits)} bits, and Envoy wants 2048`;
  if (publicKey.algorithm === "ECDSA" && publicKey.curve === "P-224")
    return "has a key on the curve P-224, which Envoy does not know";
  return lacksKeyUsage(leaf, ["digitalSignature"])
    ? "must not sign handshakes: its keyUsage lacks digitalSignature"
    : undefined;
}

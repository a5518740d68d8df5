import type { Certificate } from "../certificate/certificate.ts";
import type { PublicKey } from "../certificate/public-key.ts";
import { since, type GoProfile } from "../profile.ts";
import { isSignedBy } from "./signature.ts";

/** Why Go does not take a certificate as the issuer of another one: x509.Certificate.CheckSignatureFrom. */
export function goSignatureProblem(
  certificate: Certificate,
  issuer: Certificate,
  profile: GoProfile,
): string | undefined {
  return (
    authorityProblem(issuer) ??
    algorithmProblem(certificate, issuer) ??
    rsaProblem(issuer.publicKey, profile) ??
    (isSignedBy(certificate, issuer) ? undefined : "its key did not make the signature")
  );
}

function authorityProblem({
  version,
  basicConstraints,
  keyUsage,
}: Certificate): string | undefined {
  if (version === 3 && !basicConstraints) return "is no CA: it has no basicConstraints";
  if (basicConstraints && !basicConstraints.isCA) return "is no CA: its basicConstraints say so";
  return keyUsage && !keyUsage.includes("keyCertSign")
    ? "must not sign certificates: its keyUsage lacks keyCertSign"
    : undefined;
}

function algorithmProblem(
  { signature }: Certificate,
  { publicKey }: Certificate,
): string | undefined {
  if (signature.kind === "symbolic") return undefined;
  const { algorithm } = signature;
  if (!algorithm) return `cannot be checked: signature algorithm ${signature.oid} is not supported`;
  if (algorithm.hash === "md5" || algorithm.hash === "sha1") {
    return `cannot be trusted to have signed: ${algorithm.name} is insecure`;
  }
  if (publicKey.algorithm === "DSA") return "has a DSA key, with which no signature is checked";
  return algorithm.key === publicKey.algorithm
    ? undefined
    : `has a key of another kind than the signature (${algorithm.name})`;
}

/** crypto/rsa: checkPublicKeySize and fips140/rsa.checkPublicKey. */
function rsaProblem(key: PublicKey, profile: GoProfile): string | undefined {
  if (key.algorithm !== "RSA") return undefined;
  if (key.bits < 1024 && since(profile, "1.24")) {
    return `has a key that is too short (RSA ${String(key.bits)})`;
  }
  const usable =
    ((key.modulus.at(-1) ?? 0) & 1) === 1 &&
    (key.exponent & 1n) === 1n &&
    key.exponent > 1n &&
    key.exponent < 1n << 31n;
  return usable ? undefined : "has an unusable RSA key";
}

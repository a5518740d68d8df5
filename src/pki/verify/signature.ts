import { constants, createPublicKey, verify, type KeyObject } from "node:crypto";
import type { Certificate, Signature, SignatureAlgorithm } from "../certificate/certificate.ts";
import type { PublicKey } from "../certificate/public-key.ts";
import { bitString, oid, sequence } from "../der/write.ts";

const results = new WeakMap<Certificate, Map<string, boolean>>();

/** Whether the holder of the issuer's key signed the certificate; each pair is computed once. */
export function isSignedBy(certificate: Certificate, issuer: Certificate): boolean {
  const { signature } = certificate;
  if (signature.kind === "symbolic") return signature.signer === issuer.keyId;
  const known = results.get(certificate) ?? new Map<string, boolean>();
  results.set(certificate, known);
  const result = known.get(issuer.keyId) ?? checked(signature, issuer);
  known.set(issuer.keyId, result);
  return result;
}

function checked(signature: Signature & { readonly kind: "bytes" }, issuer: Certificate): boolean {
  const { algorithm, signed, value } = signature;
  if (!algorithm || algorithm.key !== issuer.publicKey.algorithm) return false;
  const key = keyObject(issuer);
  if (!key) return false;
  try {
    return verify(algorithm.hash ?? null, signed, { key, ...padding(algorithm) }, value);
  } catch {
    // OpenSSL throws for some keys that it would rather not use, such as RSA with an even modulus.
    return false;
  }
}

function padding({ pss }: SignatureAlgorithm) {
  return pss
    ? { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST }
    : {};
}

const keys = new Map<string, KeyObject | undefined>();

function keyObject({ keyId, publicKey }: Certificate): KeyObject | undefined {
  if (!keys.has(keyId)) keys.set(keyId, makeKey(publicKey));
  return keys.get(keyId);
}

/** From the numbers that were read, and not from the SubjectPublicKeyInfo, of which Go reads less than OpenSSL. */
function makeKey(key: PublicKey): KeyObject | undefined {
  try {
    switch (key.algorithm) {
      case "RSA":
        return jwk({ kty: "RSA", n: base64(key.modulus), e: base64(number(key.exponent)) });
      case "ECDSA":
        return key.curve === "P-224"
          ? p224(key.x, key.y)
          : jwk({ kty: "EC", crv: key.curve, x: base64(key.x), y: base64(key.y) });
      case "Ed25519":
        return jwk({ kty: "OKP", crv: "Ed25519", x: base64(key.point) });
      default:
        return undefined;
    }
  } catch {
    return undefined;
  }
}

function jwk(key: Record<string, string>): KeyObject {
  return createPublicKey({ key, format: "jwk" });
}

/** JSON Web Keys do not know this curve. */
function p224(x: Uint8Array, y: Uint8Array): KeyObject {
  const algorithm = sequence(oid("1.2.840.10045.2.1"), oid("1.3.132.0.33"));
  const point = Buffer.concat([Uint8Array.of(4), x, y]);
  const key = Buffer.from(sequence(algorithm, bitString(point)));
  return createPublicKey({ key, format: "der", type: "spki" });
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("base64url");
}

function number(value: bigint): Uint8Array {
  const digits = value.toString(16);
  return Buffer.from(digits.length % 2 === 0 ? digits : `0${digits}`, "hex");
}

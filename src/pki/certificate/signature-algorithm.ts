import {
  explicitTag,
  isEmpty,
  peek,
  read,
  readInteger,
  readerOf,
  tags,
  type Reader,
} from "../der/read.ts";
import type { SignatureAlgorithm } from "./certificate.ts";
import { Malformed } from "./malformed.ts";
import { parseAlgorithm, signedNumber, type AlgorithmIdentifier } from "./public-key.ts";

type Row = readonly [
  oid: string,
  name: string,
  key: SignatureAlgorithm["key"],
  hash: SignatureAlgorithm["hash"],
];

/** x509.signatureAlgorithmDetails without RSA-PSS; parameters are not looked at. */
const rows: readonly Row[] = [
  ["1.2.840.113549.1.1.4", "MD5-RSA", "RSA", "md5"],
  ["1.2.840.113549.1.1.5", "SHA1-RSA", "RSA", "sha1"],
  ["1.3.14.3.2.29", "SHA1-RSA", "RSA", "sha1"],
  ["1.2.840.113549.1.1.11", "SHA256-RSA", "RSA", "sha256"],
  ["1.2.840.113549.1.1.12", "SHA384-RSA", "RSA", "sha384"],
  ["1.2.840.113549.1.1.13", "SHA512-RSA", "RSA", "sha512"],
  ["1.2.840.10040.4.3", "DSA-SHA1", "DSA", "sha1"],
  ["2.16.840.1.101.3.4.3.2", "DSA-SHA256", "DSA", "sha256"],
  ["1.2.840.10045.4.1", "ECDSA-SHA1", "ECDSA", "sha1"],
  ["1.2.840.10045.4.3.2", "ECDSA-SHA256", "ECDSA", "sha256"],
  ["1.2.840.10045.4.3.3", "ECDSA-SHA384", "ECDSA", "sha384"],
  ["1.2.840.10045.4.3.4", "ECDSA-SHA512", "ECDSA", "sha512"],
];

const algorithms: ReadonlyMap<string, SignatureAlgorithm> = new Map(
  rows.map(([oid, name, key, hash]) => [oid, { name, key, hash, pss: false }]),
);

const ed25519: SignatureAlgorithm = {
  name: "Ed25519",
  key: "Ed25519",
  hash: undefined,
  pss: false,
};

const pssHashes: Readonly<
  Record<string, { readonly hash: "sha256" | "sha384" | "sha512"; readonly salt: bigint }>
> = {
  "2.16.840.1.101.3.4.2.1": { hash: "sha256", salt: 32n },
  "2.16.840.1.101.3.4.2.2": { hash: "sha384", salt: 48n },
  "2.16.840.1.101.3.4.2.3": { hash: "sha512", salt: 64n },
};

/** x509.getSignatureAlgorithmFromAI. */
export function signatureAlgorithm(
  identifier: AlgorithmIdentifier,
): SignatureAlgorithm | undefined {
  if (identifier.oid === "1.3.101.112") {
    return identifier.parameters.length === 0 ? ed25519 : undefined;
  }
  if (identifier.oid !== "1.2.840.113549.1.1.10") return algorithms.get(identifier.oid);
  try {
    return pss(readerOf(identifier.parameters));
  } catch (error) {
    if (error instanceof Malformed) return undefined;
    throw error;
  }
}

/** RSA-PSS with one hash for message and mask, and a salt of its length; anything else Go does not know. */
function pss(parameters: Reader): SignatureAlgorithm | undefined {
  const fields = read(parameters, tags.sequence);
  if (!fields) return undefined;
  const hash = taggedAlgorithm(fields, 0);
  const mask = taggedAlgorithm(fields, 1);
  const salt = taggedInteger(fields, 2);
  const trailer = peek(fields) === explicitTag(3) ? taggedInteger(fields, 3) : 1n;
  if (!hash || !mask || trailer !== 1n || !sameHash(hash, mask)) return undefined;
  const known = pssHashes[hash.oid];
  if (!known || known.salt !== salt) return undefined;
  return { name: `${known.hash.toUpperCase()}-RSAPSS`, key: "RSA", hash: known.hash, pss: true };
}

function sameHash(hash: AlgorithmIdentifier, mask: AlgorithmIdentifier): boolean {
  const own = mask.oid === "1.2.840.113549.1.1.8" ? nested(mask.parameters) : undefined;
  return own?.oid === hash.oid && isAbsentOrNull(own.parameters) && isAbsentOrNull(hash.parameters);
}

function nested(parameters: Uint8Array): AlgorithmIdentifier | undefined {
  const identifier = read(readerOf(parameters), tags.sequence);
  return identifier && parseAlgorithm(identifier);
}

function taggedAlgorithm(fields: Reader, tag: number): AlgorithmIdentifier | undefined {
  const field = read(fields, explicitTag(tag));
  const identifier = field && read(field, tags.sequence);
  return identifier && parseAlgorithm(identifier);
}

function taggedInteger(fields: Reader, tag: number): bigint | undefined {
  const field = read(fields, explicitTag(tag));
  const value = field && readInteger(field);
  return value && isEmpty(field) ? signedNumber(value) : undefined;
}

function isAbsentOrNull(parameters: Uint8Array): boolean {
  return (
    parameters.length === 0 ||
    (parameters.length === 2 && parameters[0] === 5 && parameters[1] === 0)
  );
}

import { createHash } from "node:crypto";
import { read, readBitString, readerOf, tags } from "../der/read.ts";
import { bitString, octetString, oid, sequence } from "../der/write.ts";
import type { Certificate, DistinguishedName } from "./certificate.ts";
import { encodeTbs, type CertificateFields } from "./encode.ts";
import { intern, parseCertificate } from "./parse.ts";
import type { PublicKey } from "./public-key.ts";

/** A key by what is known of it: of a certificate that exists, or one that somebody will make. */
export interface Key {
  readonly id: string;
  readonly publicKey: PublicKey;
  /** The SubjectPublicKeyInfo. */
  readonly info: Uint8Array;
}

/** Stands in certificates whose key or signature does not exist yet (a UUID-based OID, X.667). */
const placeholder = oid("2.25.1096302021");

/** A key that only has a name; the same name is the same key. */
export function symbolicKey(name: string): Key {
  return {
    id: `symbolic:${name}`,
    publicKey: { algorithm: "symbolic" },
    info: sequence(sequence(placeholder), bitString(Buffer.from(name))),
  };
}

/** The key of a certificate, to issue another one with it. */
export function keyOf({ keyId, publicKey, publicKeyInfo }: Certificate): Key {
  return { id: keyId, publicKey, info: publicKeyInfo };
}

/** The identifier that Go puts into a CA certificate: SHA-1 of the key; since Go 1.25 SHA-256, cut to 20 bytes. */
export function subjectKeyIdOf({ info }: Key, hash: "sha1" | "sha256"): string {
  const spki = read(readerOf(info), tags.sequence);
  if (spki) read(spki, tags.sequence);
  const bits = spki && readBitString(spki);
  return createHash(hash)
    .update(bits?.bytes ?? info)
    .digest("hex")
    .slice(0, 40);
}

/** The DER of a name that was read, to use it again. */
export function nameBytes({ key }: DistinguishedName): Uint8Array {
  return Buffer.from(key, "latin1");
}

/**
 * A certificate of the future: nobody signs it, `signer` is the id of the key that would. Both verifiers take it, and
 * its DER, which holds what a real one would, reads back as this very certificate.
 */
export function symbolicCertificate(
  fields: CertificateFields,
  key: Key,
  signer: string,
): Certificate {
  const algorithm = sequence(placeholder);
  const tbs = encodeTbs(fields, key.info, algorithm);
  const raw = sequence(tbs, algorithm, bitString(octetString(Buffer.from(signer))));
  const parsed = parseCertificate(raw);
  if (!parsed.ok) throw new Error(`symbolic certificate: ${parsed.why}`);
  const certificate: Certificate = {
    ...parsed.certificate,
    publicKey: key.publicKey,
    keyId: key.id,
    signature: { kind: "symbolic", signer },
  };
  intern(certificate);
  return certificate;
}

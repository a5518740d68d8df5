import { createHash } from "node:crypto";
import { sameBytes } from "../der/bytes.ts";
import {
  bytesOf,
  contextTag,
  explicitTag,
  isEmpty,
  peek,
  read,
  readBitString,
  readInteger,
  readWhole,
  readerOf,
  rightAligned,
  tags,
  type Reader,
} from "../der/read.ts";
import { readTime } from "../der/time.ts";
import { defaultProfile, since, type GoProfile } from "../profile.ts";
import type { Certificate, DistinguishedName, Signature } from "./certificate.ts";
import { noExtensions, parseExtensions, type Extensions } from "./extensions.ts";
import { Malformed, need } from "./malformed.ts";
import { parseName } from "./name.ts";
import { parseAlgorithm, parsePublicKey, signedNumber } from "./public-key.ts";
import { signatureAlgorithm } from "./signature-algorithm.ts";

export type Parsed =
  | { readonly ok: true; readonly certificate: Certificate }
  /** In Go's words, without their "x509: ". */
  | { readonly ok: false; readonly why: string };

/** No object that Kubernetes stores holds more. */
const largest = 4 * 1024 * 1024;

/** Every DER is parsed once; certificates of a simulation are known here by their placeholder. */
const parsed = new Map<GoProfile, Map<string, Parsed>>();

/** x509.ParseCertificate. */
export function parseCertificate(der: Uint8Array, profile: GoProfile = defaultProfile): Parsed {
  if (der.length > largest) return { ok: false, why: "larger than 4 MiB" };
  const fingerprint = sha256(der);
  const known = knownOf(profile).get(fingerprint);
  if (known) return known;
  // A view, as a Buffer is no plain data.
  const bytes = new Uint8Array(der.buffer, der.byteOffset, der.length);
  const result = parse(bytes, fingerprint, profile);
  knownOf(profile).set(fingerprint, result);
  return result;
}

/** Makes a certificate the one that is read from its DER, whatever the DER says. */
export function intern(certificate: Certificate, profile: GoProfile = defaultProfile): void {
  knownOf(profile).set(certificate.fingerprint, { ok: true, certificate });
}

function knownOf(profile: GoProfile): Map<string, Parsed> {
  const known = parsed.get(profile) ?? new Map<string, Parsed>();
  parsed.set(profile, known);
  return known;
}

function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

function parse(der: Uint8Array, fingerprint: string, profile: GoProfile): Parsed {
  try {
    return { ok: true, certificate: readCertificate(der, fingerprint, profile) };
  } catch (error) {
    if (error instanceof Malformed) return { ok: false, why: error.message };
    throw error;
  }
}

function readCertificate(der: Uint8Array, fingerprint: string, profile: GoProfile): Certificate {
  const input = readerOf(der);
  const outer = need(read(input, tags.sequence), "malformed certificate");
  const signed = need(readWhole(outer, tags.sequence), "malformed tbs certificate");
  const tbs = need(read({ ...signed }, tags.sequence), "malformed tbs certificate");
  const version = readVersion(tbs);
  const serial = readSerial(tbs, profile);
  const algorithm = readSignatureAlgorithm(tbs, outer);
  const head = readHead(tbs);
  const extensions = readOptional(tbs, version, profile);
  const signature = need(readBitString(outer), "malformed signature");
  if (!isEmpty(input)) throw new Malformed("trailing data");
  const { oids, ...said } = extensions;
  return {
    raw: der,
    fingerprint,
    version,
    serial,
    ...head,
    signature: { signed: bytesOf(signed), value: rightAligned(signature), ...algorithm },
    extensions: oids,
    ...said,
  };
}

function readVersion(tbs: Reader): number {
  if (peek(tbs) !== explicitTag(0)) return 1;
  const field = need(read(tbs, explicitTag(0)), "malformed version");
  const value = signedNumber(need(readInteger(field), "malformed version"));
  if (!isEmpty(field) || value < 0n || value >= 1n << 63n) throw new Malformed("malformed version");
  if (value > 2n) throw new Malformed("invalid version");
  return Number(value) + 1;
}

function readSerial(tbs: Reader, profile: GoProfile): bigint {
  const serial = signedNumber(need(readInteger(tbs), "malformed serial number"));
  if (serial < 0n && since(profile, "1.23")) throw new Malformed("negative serial number");
  return serial;
}

function readSignatureAlgorithm(
  tbs: Reader,
  outer: Reader,
): Pick<Signature & { kind: "bytes" }, "kind" | "algorithm" | "oid"> {
  const inner = need(read(tbs, tags.sequence), "malformed signature algorithm identifier");
  const again = need(read(outer, tags.sequence), "malformed algorithm identifier");
  if (!sameBytes(bytesOf(inner), bytesOf(again))) {
    throw new Malformed("inner and outer signature algorithm identifiers don't match");
  }
  const identifier = parseAlgorithm(inner);
  return { kind: "bytes", algorithm: signatureAlgorithm(identifier), oid: identifier.oid };
}

/** What every certificate has, in its order. */
function readHead(tbs: Reader) {
  const issuer = readName(tbs);
  const validity = need(read(tbs, tags.sequence), "malformed validity");
  const notBefore = need(readTime(validity), "malformed validity: not before");
  const notAfter = need(readTime(validity), "malformed validity: not after");
  const subject = readName(tbs);
  const spki = need(readWhole(tbs, tags.sequence), "malformed spki");
  const publicKeyInfo = bytesOf(spki);
  const keyId = sha256(publicKeyInfo);
  const publicKey = parsePublicKey(need(read(spki, tags.sequence), "malformed spki"));
  return { issuer, subject, notBefore, notAfter, publicKey, publicKeyInfo, keyId };
}

function readName(tbs: Reader): DistinguishedName {
  return parseName(need(readWhole(tbs, tags.sequence), "malformed issuer"));
}

function readOptional(tbs: Reader, version: number, profile: GoProfile): Extensions {
  if (version > 1) {
    for (const [tag, what] of [
      [1, "issuerUniqueID"],
      [2, "subjectUniqueID"],
    ] as const) {
      if (peek(tbs) === contextTag(tag)) need(read(tbs, contextTag(tag)), `malformed ${what}`);
    }
  }
  if (version !== 3 || peek(tbs) !== explicitTag(3)) return noExtensions();
  return parseExtensions(need(read(tbs, explicitTag(3)), "malformed extensions"), profile);
}

import { createHash, sign } from "node:crypto";
import type { Certificate } from "../../../src/pki/certificate/certificate.ts";
import {
  encodeName,
  encodeTbs,
  type CertificateFields,
} from "../../../src/pki/certificate/encode.ts";
import { parseCertificate } from "../../../src/pki/certificate/parse.ts";
import { nameBytes, subjectKeyIdOf } from "../../../src/pki/certificate/symbolic.ts";
import { element, bitString, oid, sequence } from "../../../src/pki/der/write.ts";
import { parseIp } from "../../../src/pki/go/ip.ts";
import { testKey, type TestKey } from "./key.ts";

/** A certificate with its key, that can sign others. */
export interface Issued {
  readonly certificate: Certificate;
  readonly key: TestKey;
  readonly pem: string;
}

type Rest = Partial<
  Omit<
    CertificateFields,
    "subject" | "issuer" | "notBefore" | "notAfter" | "ip" | "subjectKeyId" | "authorityKeyId"
  >
>;

export interface Wanted extends Rest {
  /** Common name, or attributes; empty: none. Default: none for leaves. */
  readonly subject?: string | readonly (readonly [type: string, value: string])[];
  /** The name of its key, or the key. Default: the common name. */
  readonly key?: string | TestKey;
  readonly from?: string;
  readonly until?: string;
  readonly ip?: readonly string[];
  /** Hexadecimal; null: no such extension. Default: SHA-1 of the key for a CA, that of the issuer for a leaf. */
  readonly subjectKeyId?: string | null;
  readonly authorityKeyId?: string | null;
  readonly hash?: "md5" | "sha1" | "sha256" | "sha384" | "sha512";
  /** Spoils the signature. */
  readonly badSignature?: boolean;
}

const year2026 = { from: "2026-01-01T00:00:00Z", until: "2027-01-01T00:00:00Z" };
let serial = 0n;

/** A CA certificate: signed by itself, or by another CA. */
export function ca(wanted: Wanted = {}, issuer?: Issued): Issued {
  const key = keyFor(wanted, "ca");
  return issue(
    {
      subject: "knative.dev",
      basicConstraints: { isCA: true },
      keyUsage: ["keyCertSign", "cRLSign", "digitalSignature"],
      subjectKeyId: subjectKeyIdOf(
        { id: "", publicKey: { algorithm: "symbolic" }, info: key.info },
        "sha1",
      ),
      ...wanted,
      key,
    },
    issuer,
  );
}

/** A server certificate, as cert-manager issues one for Knative. */
export function leaf(issuer: Issued, wanted: Wanted = {}): Issued {
  return issue(
    {
      subject: "",
      dns: ["kn-user-shop", "data-plane.knative.dev"],
      keyUsage: ["digitalSignature", "keyEncipherment"],
      extKeyUsage: ["serverAuth"],
      basicConstraints: { isCA: false },
      ...wanted,
      key: keyFor(wanted, "leaf"),
    },
    issuer,
  );
}

/** Any certificate; nothing is in it that is not wanted. */
function issue(wanted: Wanted, issuer?: Issued): Issued {
  const { subject = "", from = year2026.from, until = year2026.until } = wanted;
  const key = keyFor(wanted, "ca");
  const name = encodeName(typeof subject === "string" ? commonName(subject) : subject);
  const { subjectKeyId, authorityKeyId, ip, ...rest } = wanted;
  const fields: CertificateFields = {
    ...rest,
    subject: name,
    issuer: issuer ? nameBytes(issuer.certificate.subject) : name,
    serial: wanted.serial ?? ++serial,
    notBefore: new Date(from),
    notAfter: new Date(until),
    ip: (ip ?? []).map(address),
    ...optional("subjectKeyId", orElse(subjectKeyId, undefined)),
    ...optional("authorityKeyId", orElse(authorityKeyId, issuer?.certificate.subjectKeyId)),
  };
  const raw = signed(fields, key, issuer?.key ?? key, wanted);
  const parsed = parseCertificate(raw);
  if (!parsed.ok) throw new Error(parsed.why);
  return { certificate: parsed.certificate, key, pem: pem(raw) };
}

/** A certificate as any component writes it into a Secret or ConfigMap. */
export function pem(der: Uint8Array, type = "CERTIFICATE"): string {
  const lines =
    Buffer.from(der)
      .toString("base64")
      .match(/.{1,64}/g) ?? [];
  return [`-----BEGIN ${type}-----`, ...lines, `-----END ${type}-----`, ""].join("\n");
}

function keyFor({ key, subject }: Wanted, otherwise: string): TestKey {
  if (typeof key === "object") return key;
  return testKey(key ?? (typeof subject === "string" && subject !== "" ? subject : otherwise));
}

function commonName(text: string): readonly (readonly [string, string])[] {
  return text === "" ? [] : [["CN", text]];
}

function orElse(wanted: string | null | undefined, otherwise: string | undefined) {
  return wanted === null ? undefined : (wanted ?? otherwise);
}

function optional<K extends string>(name: K, value: string | undefined): { [key in K]?: string } {
  const none: { [key in K]?: string } = {};
  return value === undefined ? none : { ...none, [name]: value };
}

export function address(text: string): Uint8Array {
  const ip = parseIp(text);
  if (!ip) throw new Error(`${text} is no address`);
  return ip;
}

const ecdsa = {
  sha1: "1.2.840.10045.4.1",
  sha256: "1.2.840.10045.4.3.2",
  sha384: "1.2.840.10045.4.3.3",
  sha512: "1.2.840.10045.4.3.4",
  md5: "",
};
const rsa = {
  md5: "1.2.840.113549.1.1.4",
  sha1: "1.2.840.113549.1.1.5",
  sha256: "1.2.840.113549.1.1.11",
  sha384: "1.2.840.113549.1.1.12",
  sha512: "1.2.840.113549.1.1.13",
};

function signed(
  fields: CertificateFields,
  key: TestKey,
  signer: TestKey,
  { hash = "sha256", badSignature }: Wanted,
): Uint8Array {
  const type = signer.privateKey.asymmetricKeyType;
  const algorithm =
    type === "ed25519"
      ? sequence(oid("1.3.101.112"))
      : type === "rsa"
        ? sequence(oid(rsa[hash]), element(5))
        : sequence(oid(ecdsa[hash]));
  const tbs = encodeTbs(fields, key.info, algorithm);
  const over = badSignature ? createHash("sha256").update(tbs).digest() : tbs;
  const signature = sign(type === "ed25519" ? null : hash, over, signer.privateKey);
  return sequence(tbs, algorithm, bitString(signature));
}

import type { Certificate, KeyUsage } from "../../pki/certificate/certificate.ts";
import { encodeName } from "../../pki/certificate/encode.ts";
import {
  keyOf,
  nameBytes,
  subjectKeyIdOf,
  symbolicCertificate,
  symbolicKey,
  type Key,
} from "../../pki/certificate/symbolic.ts";

/** The key of the next certificate: the one there is, or a new one by a name of its own. */
export type KeyUse = { readonly kept: Certificate } | { readonly made: string };

/** What cert-manager asks a signer for. Times in milliseconds. */
export interface Request {
  readonly key: KeyUse;
  /** The certificate that it replaces. */
  readonly before: Certificate | undefined;
  /** "as before": an issuer outside of the objects, which signs with what it signed with. */
  readonly signer: Certificate | "self" | "as before";
  readonly commonName: string;
  readonly dnsNames: readonly string[];
  readonly isCa: boolean;
  readonly usages: readonly string[];
  readonly notBefore: number;
  readonly notAfter: number;
  /** How the Go that cert-manager is built with identifies the keys of CAs. */
  readonly keyIds: "sha1" | "sha256";
}

/** A certificate that nobody has made yet, as cert-manager's template has it (pkg/util/pki/csr.go CertificateTemplateFromCSR). */
export function toBeIssued(request: Request): Certificate {
  const key = textOf(request);
  const known = made.get(key) ?? make(request);
  if (made.size > mostMade) made.clear();
  made.set(key, known);
  return known;
}

/** Equal requests are answered by one certificate: most of a simulation asks for the same again and again. */
const made = new Map<string, Certificate>();
const mostMade = 50_000;

function textOf({ key, before, signer, ...rest }: Request): string {
  const by =
    typeof signer === "string" ? `${signer} ${before?.fingerprint ?? ""}` : signer.fingerprint;
  return JSON.stringify([
    rest,
    "kept" in key ? key.kept.keyId : `new ${key.made}`,
    before?.subject.key ?? "",
    by,
  ]);
}

function make(request: Request): Certificate {
  const { before, signer, dnsNames, isCa, keyIds } = request;
  const key = keyFor(request);
  const subject =
    before && before.subject.commonName === (request.commonName || undefined)
      ? nameBytes(before.subject)
      : encodeName(request.commonName ? [["CN", request.commonName]] : []);
  const extended = extendedUsages(request.usages);
  return symbolicCertificate(
    {
      subject,
      issuer: issuerName(signer, before, subject),
      serial: 1n,
      // DER has no fractions of a second.
      notBefore: wholeSecond(request.notBefore),
      notAfter: wholeSecond(request.notAfter),
      basicConstraints: { isCA: isCa },
      keyUsage: keyUsages(request.usages, isCa),
      ...(extended.length > 0 && { extKeyUsage: extended }),
      ...(isCa && { subjectKeyId: subjectKeyIdOf(key, keyIds) }),
      ...authority(signer, before),
      ...(dnsNames.length > 0 && { dns: dnsNames }),
    },
    key,
    signerId(signer, before, key),
  );
}

function wholeSecond(time: number): Date {
  return new Date(Math.floor(time / 1000) * 1000);
}

function keyFor({ key }: Request): Key {
  return "kept" in key ? keyOf(key.kept) : symbolicKey(key.made);
}

function issuerName(
  signer: Request["signer"],
  before: Certificate | undefined,
  subject: Uint8Array,
): Uint8Array {
  if (signer === "self") return subject;
  if (signer === "as before") return before ? nameBytes(before.issuer) : subject;
  return nameBytes(signer.subject);
}

function signerId(signer: Request["signer"], before: Certificate | undefined, key: Key): string {
  if (signer === "self") return key.id;
  if (signer !== "as before") return signer.keyId;
  return before?.signature.kind === "symbolic" ? before.signature.signer : "outside";
}

/** Go leaves the identifier of the authority out of what signs itself. */
function authority(
  signer: Request["signer"],
  before: Certificate | undefined,
): { readonly authorityKeyId?: string } {
  if (signer === "self") return {};
  const id = signer === "as before" ? before?.authorityKeyId : signer.subjectKeyId;
  return id === undefined ? {} : { authorityKeyId: id };
}

const ofKey: Readonly<Record<string, KeyUsage>> = {
  signing: "digitalSignature",
  "digital signature": "digitalSignature",
  "content commitment": "contentCommitment",
  "key encipherment": "keyEncipherment",
  "key agreement": "keyAgreement",
  "data encipherment": "dataEncipherment",
  "cert sign": "keyCertSign",
  "crl sign": "cRLSign",
  "encipher only": "encipherOnly",
  "decipher only": "decipherOnly",
};
const extendedOf: Readonly<Record<string, string>> = {
  any: "any",
  "server auth": "serverAuth",
  "client auth": "clientAuth",
  "code signing": "codeSigning",
  "email protection": "emailProtection",
  "s/mime": "emailProtection",
  timestamping: "timeStamping",
  "ocsp signing": "OCSPSigning",
};

/** Without usages: digital signature and key encipherment; a CA may sign whatever else is asked. */
function keyUsages(usages: readonly string[], isCa: boolean): readonly KeyUsage[] {
  const asked = usages.length === 0 ? ["digital signature", "key encipherment"] : usages;
  const named = asked.flatMap((usage) => ofKey[usage] ?? []);
  return [...new Set<KeyUsage>(isCa ? [...named, "keyCertSign"] : named)];
}

function extendedUsages(usages: readonly string[]): readonly string[] {
  return usages.flatMap((usage) => extendedOf[usage] ?? []);
}

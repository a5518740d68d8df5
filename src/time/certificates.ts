import { text } from "../model/json.ts";
import { redacted, type KubeObject } from "../model/object.ts";
import type { Certificate } from "../pki/certificate/certificate.ts";
import { parseCertificate } from "../pki/certificate/parse.ts";
import { readPem } from "../pki/pem/read.ts";

/** The value of a key as its readers get it; undefined where it is absent. */
export function valueOf(object: KubeObject, key: string): string | undefined {
  const plain = text(object.raw, object.kind === "Secret" ? "stringData" : "data", key);
  const encoded = text(object.raw, object.kind === "Secret" ? "data" : "binaryData", key);
  const value =
    plain ??
    (encoded === undefined ? undefined : Buffer.from(encoded, "base64").toString("latin1"));
  return value === redacted ? "redacted" : value;
}

const read = new Map<string, readonly Certificate[]>();
const ofObject = new WeakMap<KubeObject, Map<string, readonly Certificate[]>>();

/** The certificates in a key of a Secret, as Go reads them one after the other; what is none is passed over. */
export function presented(secret: KubeObject, key: string): readonly Certificate[] {
  const mine = ofObject.get(secret) ?? new Map<string, readonly Certificate[]>();
  ofObject.set(secret, mine);
  const found = mine.get(key) ?? certificatesAt(secret, key);
  mine.set(key, found);
  return found;
}

function certificatesAt(secret: KubeObject, key: string): readonly Certificate[] {
  const value = valueOf(secret, key);
  if (value === undefined || value === "redacted") return [];
  const known = read.get(value);
  if (known) return known;
  const found = readPem(value).blocks.flatMap(({ type, bytes }) => {
    const parsed = type === "CERTIFICATE" ? parseCertificate(bytes) : undefined;
    return parsed?.ok ? [parsed.certificate] : [];
  });
  read.set(value, found);
  return found;
}

/** The certificates of a text that holds nothing else, as trust-manager insists. */
export function certificatesOf(
  pem: string,
): { readonly certificates: readonly Certificate[] } | { readonly refused: string } {
  const certificates: Certificate[] = [];
  for (const { type, headers, bytes } of readPem(pem).blocks) {
    if (type !== "CERTIFICATE")
      return { refused: `only CERTIFICATE blocks are permitted but found '${type}'` };
    if (headers.size > 0) return { refused: "blocks are not permitted to have PEM headers" };
    const parsed = parseCertificate(bytes);
    if (!parsed.ok) return { refused: parsed.why };
    certificates.push(parsed.certificate);
  }
  return { certificates };
}

export function pemOf(certificates: readonly Certificate[]): string {
  return certificates.map(blockOf).join("");
}

const blocks = new WeakMap<Certificate, string>();

function blockOf(certificate: Certificate): string {
  const known = blocks.get(certificate);
  if (known !== undefined) return known;
  const lines =
    Buffer.from(certificate.raw)
      .toString("base64")
      .match(/.{1,64}/g) ?? [];
  const block = `-----BEGIN CERTIFICATE-----\n${lines.join("\n")}\n-----END CERTIFICATE-----\n`;
  blocks.set(certificate, block);
  return block;
}

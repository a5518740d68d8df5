import type { KubeObject } from "../model/object.ts";
import type { Place } from "../model/place.ts";
import type { Certificate } from "../pki/certificate/certificate.ts";
import { parseCertificate } from "../pki/certificate/parse.ts";
import { readPem } from "../pki/pem/read.ts";
import { valueOf, type SecretValue } from "./secret.ts";

/** A certificate with the spot where it is written. */
interface PlacedCertificate {
  readonly certificate: Certificate;
  readonly place: Place;
}

/** What a key of a Secret holds, as Go's tls.X509KeyPair and cert-manager's pki.DecodeX509CertificateSetBytes take it. */
export type CertificatesOfKey =
  | { readonly state: "absent" | "redacted" }
  | {
      readonly state: "read";
      readonly place: Place;
      readonly text: string;
      /** The CERTIFICATE blocks that parse, in their order. */
      readonly certificates: readonly PlacedCertificate[];
      /** PEM blocks of any type. */
      readonly blocks: number;
      /** CERTIFICATE blocks that do not parse, with the reason. */
      readonly malformed: readonly { readonly place: Place; readonly why: string }[];
    };

const readings = new WeakMap<KubeObject, Map<string, CertificatesOfKey>>();

/** The certificates under `tls.crt` or `ca.crt`; each Secret is read once. */
export function certificatesIn(secret: KubeObject, key: string): CertificatesOfKey {
  const known = readings.get(secret) ?? new Map<string, CertificatesOfKey>();
  readings.set(secret, known);
  const reading = known.get(key) ?? read(secret, key);
  known.set(key, reading);
  return reading;
}

function read(secret: KubeObject, key: string): CertificatesOfKey {
  const value = valueOf(secret, key);
  if (value === "redacted") return { state: "redacted" };
  if (!value || value.text === "") return { state: "absent" };
  const certificates: PlacedCertificate[] = [];
  const malformed: { place: Place; why: string }[] = [];
  const { blocks } = readPem(value.text);
  for (const { type, bytes, start, end } of blocks) {
    if (type !== "CERTIFICATE") continue;
    const place = spot(value, start, end);
    const parsed = parseCertificate(bytes);
    if (parsed.ok) certificates.push({ certificate: parsed.certificate, place });
    else malformed.push({ place, why: parsed.why });
  }
  const { place, text } = value;
  return { state: "read", place, text, blocks: blocks.length, certificates, malformed };
}

/** Inside base64 no spot can be shown. */
function spot({ place, isText, text }: SecretValue, start: number, end: number): Place {
  if (!isText) return place;
  return { ...place, inside: { offset: start, length: text.slice(start, end).trimEnd().length } };
}

import "reflect-metadata";
import { webcrypto } from "node:crypto";
import {
  BasicConstraintsExtension,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  X509CertificateGenerator,
} from "@peculiar/x509";
import type { Certificate } from "../../src/pki/certificate/certificate.ts";
import { parseCertificate } from "../../src/pki/certificate/parse.ts";

const ecdsa = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };

export interface Made {
  readonly pem: string;
  readonly certificate: Certificate;
  readonly keys: webcrypto.CryptoKeyPair;
  readonly name: string;
}

interface Wanted {
  readonly name: string;
  /** Undefined: it signs itself. */
  readonly signer?: Made;
  readonly key?: webcrypto.EcKeyGenParams | webcrypto.RsaHashedKeyGenParams;
  readonly hash?: string;
  readonly serial?: string;
  readonly ca?: boolean;
  readonly dnsNames?: readonly string[];
  readonly from?: string;
  readonly to?: string;
}

/** A certificate made by a library that is not ours, as it comes out of our parser. */
export async function made(wanted: Wanted): Promise<Made> {
  const { name, signer, key = ecdsa, hash = "SHA-256", serial = "0a", ca = false } = wanted;
  const keys = await webcrypto.subtle.generateKey(key, true, ["sign", "verify"]);
  const signing = (signer?.keys ?? keys).privateKey;
  const { dnsNames = [] } = wanted;
  const certificate = await X509CertificateGenerator.create({
    serialNumber: serial,
    subject: `CN=${name}`,
    issuer: `CN=${signer?.name ?? name}`,
    notBefore: new Date(wanted.from ?? "2026-11-01"),
    notAfter: new Date(wanted.to ?? "2036-11-01"),
    publicKey: keys.publicKey,
    signingKey: signing,
    signingAlgorithm: { name: signing.algorithm.name, hash },
    extensions: [
      new BasicConstraintsExtension(ca, undefined, true),
      await SubjectKeyIdentifierExtension.create(keys.publicKey),
      ...(dnsNames.length > 0
        ? [
            new SubjectAlternativeNameExtension(
              dnsNames.map((value) => ({ type: "dns" as const, value })),
            ),
          ]
        : []),
    ],
  });
  const parsed = parseCertificate(new Uint8Array(certificate.rawData));
  if (!parsed.ok) throw new Error(parsed.why);
  return { pem: certificate.toString("pem"), certificate: parsed.certificate, keys, name };
}

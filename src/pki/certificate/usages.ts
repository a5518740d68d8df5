import type { KeyUsage } from "./certificate.ts";

/** In the order of their bits. */
export const keyUsages: readonly KeyUsage[] = [
  "digitalSignature",
  "contentCommitment",
  "keyEncipherment",
  "dataEncipherment",
  "keyAgreement",
  "keyCertSign",
  "cRLSign",
  "encipherOnly",
  "decipherOnly",
];

/** As x509.ExtKeyUsage calls those that verification may ask for. */
export const extKeyUsageOids: Readonly<Record<string, string>> = {
  any: "2.5.29.37.0",
  serverAuth: "1.3.6.1.5.5.7.3.1",
  clientAuth: "1.3.6.1.5.5.7.3.2",
  codeSigning: "1.3.6.1.5.5.7.3.3",
  emailProtection: "1.3.6.1.5.5.7.3.4",
  timeStamping: "1.3.6.1.5.5.7.3.8",
  OCSPSigning: "1.3.6.1.5.5.7.3.9",
};

/** The name of a usage, or its object identifier. */
export function extKeyUsageName(oid: string): string {
  return names.get(oid) ?? oid;
}

const names = new Map(Object.entries(extKeyUsageOids).map(([name, oid]) => [oid, name]));

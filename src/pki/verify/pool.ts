import type { Certificate } from "../certificate/certificate.ts";

/** A set of certificates to look issuers up in: x509.CertPool, or BoringSSL's X509_STORE. */
export interface Pool {
  /** In the order in which they were added, each once. */
  readonly certificates: readonly Certificate[];
  has(certificate: Certificate): boolean;
  /** Those with this subject, byte for byte. */
  bySubject(key: string): readonly Certificate[];
}

export function makePool(certificates: Iterable<Certificate>): Pool {
  const all = new Map<string, Certificate>();
  for (const certificate of certificates) {
    if (!all.has(certificate.fingerprint)) all.set(certificate.fingerprint, certificate);
  }
  const subjects = new Map<string, Certificate[]>();
  for (const certificate of all.values()) {
    const same = subjects.get(certificate.subject.key);
    if (same) same.push(certificate);
    else subjects.set(certificate.subject.key, [certificate]);
  }
  return {
    certificates: [...all.values()],
    has: ({ fingerprint }) => all.has(fingerprint),
    bySubject: (key) => subjects.get(key) ?? [],
  };
}

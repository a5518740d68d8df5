import type { Certificate } from "../certificate/certificate.ts";
import { canonicalName } from "./canonical-name.ts";

/** A set of certificates to look issuers up in: x509.CertPool, or BoringSSL's X509_STORE. */
export interface Pool {
  /** In the order in which they were added, each once. */
  readonly certificates: readonly Certificate[];
  has(certificate: Certificate): boolean;
  /** Those with this subject, byte for byte. */
  bySubject(key: string): readonly Certificate[];
  /** Those with this subject in canonical form. */
  byName(canonical: string): readonly Certificate[];
}

export function makePool(certificates: Iterable<Certificate>): Pool {
  const all = new Map<string, Certificate>();
  for (const certificate of certificates) {
    if (!all.has(certificate.fingerprint)) all.set(certificate.fingerprint, certificate);
  }
  const subjects = grouped(all.values(), ({ subject }) => subject.key);
  let names: ReadonlyMap<string, readonly Certificate[]> | undefined;
  return {
    certificates: [...all.values()],
    has: ({ fingerprint }) => all.has(fingerprint),
    bySubject: (key) => subjects.get(key) ?? [],
    byName(canonical) {
      names ??= grouped(all.values(), ({ subject }) => canonicalName(subject.key));
      return names.get(canonical) ?? [];
    },
  };
}

function grouped(
  certificates: Iterable<Certificate>,
  keyOf: (certificate: Certificate) => string,
): ReadonlyMap<string, readonly Certificate[]> {
  const groups = new Map<string, Certificate[]>();
  for (const certificate of certificates) {
    const key = keyOf(certificate);
    const group = groups.get(key);
    if (group) group.push(certificate);
    else groups.set(key, [certificate]);
  }
  return groups;
}

import type { Certificate } from "../certificate/certificate.ts";
import { isSignedBy } from "./signature.ts";

/**
 * True where an intermediate CA was replaced and nothing but its key is new: the certificate brings along the one that
 * signed it, which the same CA above signed as the present one. What trusts that CA accepts both.
 */
export function bringsFormerIntermediate(
  [certificate, ...brought]: readonly Certificate[],
  present: Certificate,
): boolean {
  if (!certificate || present.issuer.key === present.subject.key) return false;
  return brought.some(
    (one) =>
      one.issuer.key === present.issuer.key &&
      one.authorityKeyId === present.authorityKeyId &&
      certificate.issuer.key === one.subject.key &&
      isSignedBy(certificate, one),
  );
}

import type { Certificate } from "../certificate/certificate.ts";
import { canonicalName } from "./canonical-name.ts";

/** Whether a certificate names another one as its issuer, all spellings of a name being the same. */
export function namesIssuer({ issuer }: Certificate, { subject }: Certificate): boolean {
  return issuer.key === subject.key || canonicalName(issuer.key) === canonicalName(subject.key);
}

/**
 * Why BoringSSL does not take a certificate with the right subject for the issuer: X509_check_issued. The signature is
 * not looked at, and the first that fits is taken.
 */
export function issuerProblem(certificate: Certificate, issuer: Certificate): string | undefined {
  return (
    identifierProblem(certificate, issuer) ??
    (lacksKeyUsage(issuer, ["keyCertSign"])
      ? "must not sign certificates: its keyUsage lacks keyCertSign"
      : undefined)
  );
}

/** Why an issuer is not the one that the authority key identifier of a certificate asks for: X509_check_akid. */
export function identifierProblem(
  { authorityKeyId, authority }: Certificate,
  { subjectKeyId, serial, issuer }: Certificate,
): string | undefined {
  if (
    authorityKeyId !== undefined &&
    subjectKeyId !== undefined &&
    authorityKeyId !== subjectKeyId
  ) {
    return `has the subject key identifier ${subjectKeyId}, but the certificate below it asks for ${authorityKeyId}`;
  }
  if (authority.serial !== undefined && authority.serial !== serial) {
    return "has another serial number than the certificate below it asks for";
  }
  return authority.issuer !== undefined && !sameName(authority.issuer, issuer.key)
    ? "has another issuer than the certificate below it asks for"
    : undefined;
}

function sameName(a: string, b: string): boolean {
  return canonicalName(a) === canonicalName(b);
}

/** Has the extension, and none of these: ku_reject. */
export function lacksKeyUsage(
  { extensions, keyUsage }: Certificate,
  usages: readonly string[],
): boolean {
  return (
    extensions.includes("2.5.29.15") &&
    !usages.some((usage) => keyUsage?.some((one) => one === usage))
  );
}

export function isSelfIssued(certificate: Certificate): boolean {
  return namesIssuer(certificate, certificate);
}

/** EXFLAG_SS: by what it says, not by its signature. */
export function isSelfSigned(certificate: Certificate): boolean {
  return isSelfIssued(certificate) && issuerProblem(certificate, certificate) === undefined;
}

/** Whether it may issue certificates: check_ca. */
export function isAuthority(certificate: Certificate): boolean {
  if (lacksKeyUsage(certificate, ["keyCertSign"])) return false;
  return (
    (certificate.version === 1 && isSelfSigned(certificate)) ||
    certificate.basicConstraints?.isCA === true
  );
}

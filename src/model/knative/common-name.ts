const longestCommonName = 63;
const shortPrefix = "k.";

/** The common name and names of the cert-manager Certificate behind a KCertificate, or why there is none. */
export type CertificateNames =
  | { readonly ok: true; readonly commonName: string; readonly dnsNames: readonly string[] }
  | { readonly ok: false; readonly reason: string };

/**
 * What MakeCertManagerCertificate makes of a KCertificate's names: the first one is the common name; where that is
 * longer than 63 bytes and a base domain is known, "k." and the domain take its place and become a further name.
 * Source: serving pkg/reconciler/certificate/resources/cert_manager_certificate.go.
 */
export function certificateNames(dnsNames: readonly string[], domain: string): CertificateNames {
  const [first = ""] = dnsNames;
  if (first.length <= longestCommonName) return { ok: true, commonName: first, dnsNames };
  if (domain === "")
    return tooLong(
      `CommonName (${first}) too long and field spec.Domain on Kcert is empty, cannot attempt to shorten`,
    );
  if (domain === first)
    return tooLong(`CommonName (${first}) longer than ${String(longestCommonName)} characters`);
  if (domain.length > longestCommonName - shortPrefix.length) {
    return tooLong(
      `CommonName (${domain}) too long, prepending short prefix of (${shortPrefix}) will be longer than 64 bytes`,
    );
  }
  const commonName = shortPrefix + domain;
  return { ok: true, commonName, dnsNames: [commonName, ...dnsNames] };
}

function tooLong(reason: string): CertificateNames {
  return { ok: false, reason };
}

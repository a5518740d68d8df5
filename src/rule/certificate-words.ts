import { dig, isObject, stringList, text } from "../model/json.ts";
import type { KubeObject } from "../model/object.ts";
import { rfc3339 } from "../model/time.ts";
import type { Certificate, NameConstraints } from "../pki/certificate/certificate.ts";
import { defaultProfile } from "../pki/profile.ts";
import { goSignatureProblem } from "../pki/verify/go-signature.ts";
import { hostNameProblem } from "../pki/verify/host-name.ts";
import { isSignedBy } from "../pki/verify/signature.ts";
import { nameConstraintProblem } from "../pki/verify/name-constraints.ts";

export { title as certificateTitle } from "../pki/verify/verdict.ts";
export type { Certificate, NameConstraints };

/** "valid from 2026-11-01T00:00:00Z to 2036-11-01T00:00:00Z". */
export function validity({ notBefore, notAfter }: Certificate): string {
  return `valid from ${rfc3339(notBefore)} to ${rfc3339(notAfter)}`;
}

/** True where `issuer` is named as the issuer of `certificate` and its key made the signature, allowed or not. */
export function isIssuedBy(certificate: Certificate, issuer: Certificate): boolean {
  return certificate.issuer.key === issuer.subject.key && isSignedBy(certificate, issuer);
}

/** True where Go takes `issuer` for the issuer of `certificate`: it may sign, did, and with an algorithm that counts. */
export function acceptsIssuer(certificate: Certificate, issuer: Certificate): boolean {
  return (
    certificate.issuer.key === issuer.subject.key &&
    goSignatureProblem(certificate, issuer, defaultProfile) === undefined
  );
}

/** Why a certificate does not cover a name, as TLS clients in Go see it: "is valid for a.example, not for b.example". */
export function coverProblem(certificate: Certificate, name: string): string | undefined {
  if (name.startsWith("*.") && certificate.names.dns.includes(name)) return undefined;
  return hostNameProblem(certificate, name);
}

/** The same of the certificate that cert-manager will make of a Certificate. */
export function coverProblemWritten({ raw }: KubeObject, name: string): string | undefined {
  const dns = stringList(dig(raw, "spec"), "dnsNames");
  const key = dns.length > 0 ? "dns" : undefined;
  const commonName = text(raw, "spec", "commonName");
  return hostNameProblem({ names: { key, dns, ip: [] }, subject: { commonName } }, name);
}

/** Why constraints forbid a certificate with these DNS names. */
export function constraintProblem(
  nameConstraints: NameConstraints,
  dns: readonly string[],
): string | undefined {
  const names = { key: undefined, dns, ip: [], uri: [], email: [] };
  return nameConstraintProblem({ nameConstraints }, [{ names }], defaultProfile);
}

/** The DNS constraints that a Certificate of cert-manager will put into its CA. */
export function constraintsWritten(certificate: KubeObject): NameConstraints | undefined {
  const written = dig(certificate.raw, "spec", "nameConstraints");
  if (!isObject(written)) return undefined;
  const subtrees = (which: string) => ({
    dns: stringList(written, which, "dnsDomains"),
    ip: [],
    email: [],
    uri: [],
    directory: [],
  });
  return { critical: true, permitted: subtrees("permitted"), excluded: subtrees("excluded") };
}

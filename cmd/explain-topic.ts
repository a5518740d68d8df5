import type { Explicable } from "../src/model/issuance/explanation.ts";

/** Kinds as kubectl accepts them; a bare "certificate" is cert-manager's. */
const words: Readonly<Record<string, Explicable>> = {
  certificate: "Certificate",
  certificates: "Certificate",
  cert: "Certificate",
  certs: "Certificate",
  certificaterequest: "CertificateRequest",
  certificaterequests: "CertificateRequest",
  cr: "CertificateRequest",
  dm: "DomainMapping",
  domainmapping: "DomainMapping",
  domainmappings: "DomainMapping",
  kcert: "KCertificate",
  kcertificate: "KCertificate",
  kservice: "KService",
  ksvc: "KService",
  route: "Route",
  routes: "Route",
  rt: "Route",
  secret: "Secret",
  secrets: "Secret",
  service: "KService",
};

/** The words that completion offers: one for each kind. */
export const offeredKinds = [
  "certificate",
  "certificaterequest",
  "domainmapping",
  "kcertificate",
  "ksvc",
  "route",
  "secret",
] as const;

/** What KIND of KIND/NAME means; undefined for what is not explained. */
export function explicableKind(written: string): Explicable | undefined {
  const word = written.toLowerCase();
  const group = /^[^.]+\.(.+)$/.exec(word)?.[1];
  const bare = word.replace(/\..*$/, "");
  const kind = Object.hasOwn(words, bare) ? words[bare] : undefined;
  const isKnatives = kind === "Certificate" && group?.startsWith("networking.internal.knative.dev");
  return isKnatives ? "KCertificate" : kind;
}

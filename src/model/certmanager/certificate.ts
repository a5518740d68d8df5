import { dig, text } from "../json.ts";
import type { KubeObject } from "../object.ts";
import { perObject } from "../per-object.ts";

export interface CertificateIssuer {
  readonly name: string;
  readonly kind: string;
  readonly group: string;
}

/** The issuer of a cert-manager Certificate, with cert-manager's defaults (internal/apis/certmanager/v1/defaults.go). */
export const issuerOf = perObject((certificate): CertificateIssuer => {
  const field = (name: string) => text(certificate.raw, "spec", "issuerRef", name);
  return {
    name: field("name") ?? "",
    kind: field("kind") || "Issuer",
    group: field("group") || "cert-manager.io",
  };
});

export function secretNameOf(certificate: KubeObject): string {
  return text(certificate.raw, "spec", "secretName") ?? "";
}

export function isCa(certificate: KubeObject): boolean {
  return dig(certificate.raw, "spec", "isCA") === true;
}

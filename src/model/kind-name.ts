import { everyKind, kinds, type Kind } from "./kinds.ts";

/** Short names as the CRDs and kubectl have them. */
const short: Readonly<Record<string, Kind>> = {
  cert: "Certificate",
  certs: "Certificate",
  cm: "ConfigMap",
  cr: "CertificateRequest",
  crd: "CustomResourceDefinition",
  deploy: "Deployment",
  dm: "DomainMapping",
  kcert: "KCertificate",
  king: "KIngress",
  ksvc: "KService",
  ns: "Namespace",
  rev: "Revision",
  rt: "Route",
  svc: "Service",
};

/**
 * The kind that a user means: "Certificate", "certificates", "certificates.networking.internal.knative.dev", "ksvc".
 * Where two groups have the same word, the one that is called so here wins.
 */
export function kindNamed(word: string): Kind | undefined {
  const name = word.toLowerCase();
  const exact = everyKind.find((kind) => kind.toLowerCase() === name);
  const known = short[name];
  if (exact ?? known) return exact ?? known;
  const [plural = "", ...group] = name.split(".");
  const alike = everyKind.filter(
    (kind) =>
      [kinds[kind].plural, kinds[kind].kind.toLowerCase()].includes(plural) &&
      (group.length === 0 || kinds[kind].group === group.join(".")),
  );
  return alike.find((kind) => kinds[kind].kind === kind) ?? alike[0];
}

import { list, strings, text } from "../model/json.ts";
import type { KubeObject } from "../model/object.ts";
import type { Certificate } from "../pki/certificate/certificate.ts";
import type { Foretold } from "./cert-manager/issue.ts";
import type { Request } from "./cert-manager/request.ts";
import { certificatesOf, presented } from "./certificates.ts";
import { objectsIn, type World } from "./world.ts";

/**
 * A later manifest may carry the certificate of a CA that is yet to be issued: whoever wrote it has seen what the
 * simulation can only guess. Then that certificate is what will be issued.
 */
export function foretoldBy(start: World, manifests: readonly KubeObject[]): Foretold {
  const known = new Set(
    objectsIn(start, "Secret").flatMap((secret) =>
      presented(secret, "tls.crt").map(({ fingerprint }) => fingerprint),
    ),
  );
  const carried = carriedBy(manifests).filter(({ fingerprint }) => !known.has(fingerprint));
  return (request) => carried.find((certificate) => fits(certificate, request));
}

/** The certificates in bundles and Secrets that manifests bring. */
export function carriedBy(manifests: readonly KubeObject[]): readonly Certificate[] {
  return manifests.flatMap((manifest) => [
    ...pemsIn(manifest).flatMap((pem) => {
      const found = certificatesOf(pem);
      return "refused" in found ? [] : found.certificates;
    }),
    ...(manifest.kind === "Secret" ? presented(manifest, "tls.crt") : []),
  ]);
}

function fits(certificate: Certificate, { isCa, signer, commonName }: Request): boolean {
  return (
    isCa &&
    signer === "self" &&
    certificate.basicConstraints?.isCA === true &&
    certificate.subject.key === certificate.issuer.key &&
    certificate.subject.commonName === commonName
  );
}

function pemsIn(manifest: KubeObject): readonly string[] {
  switch (manifest.kind) {
    case "Bundle":
      return list(manifest.raw, "spec", "sources").flatMap(
        (source) => text(source, "inLine") ?? [],
      );
    case "ConfigMap":
      return [...strings(manifest.raw, "data").values()];
    default:
      return [];
  }
}

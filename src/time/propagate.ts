import { record, text } from "../model/json.ts";
import { knativeConfig } from "../model/knative/config.ts";
import { referenceOf } from "../model/knative/cert-manager-config.ts";
import type { IssuerReferenceKey } from "../model/knative/nested-keys.ts";
import type { ReferenceTarget } from "../model/knative/issuer-reference.ts";
import type { KubeObject } from "../model/object.ts";
import { perObject } from "../model/per-object.ts";
import { asking, inventoryOf, objectsIn, rewritten, withObjects, type World } from "./world.ts";

const typeLabel = "networking.knative.dev/certificate-type";

/**
 * Knative brings every Certificate that it owns in line with config-certmanager at once, and undoes what others change
 * (serving pkg/reconciler/certificate/certificate.go reconcileCMCertificate). A configuration that does not decode
 * keeps the old one in force.
 */
export function propagate(world: World): World {
  const config = asking(inventoryOf(world))(knativeConfig);
  if (!config.certManager.known) return world;
  const { value } = config.certManager;
  const changed = objectsIn(world, "Certificate").flatMap((certificate) => {
    if (!isKnatives(certificate)) return [];
    const wanted = referenceOf(value, keyOf(certificate));
    return wanted.known && !refersTo(certificate, wanted.value.target)
      ? [redirected(certificate, wanted.value.target)]
      : [];
  });
  return changed.length === 0 ? world : withObjects(world, changed);
}

/** True for a Certificate that a KCertificate controls. */
export const isKnatives = perObject((certificate) => {
  const owners = certificate.raw["metadata"];
  return (
    JSON.stringify(record(owners)["ownerReferences"] ?? []).includes(
      "networking.internal.knative.dev",
    ) || certificate.labels.has(typeLabel)
  );
});

/** Which reference names the issuer of a Certificate (resources/cert_manager_certificate.go MakeCertManagerCertificate). */
export function keyOf(certificate: KubeObject): IssuerReferenceKey {
  switch (certificate.labels.get(typeLabel)) {
    case "system-internal":
      return "systemInternalIssuerRef";
    case "cluster-local-domain":
      return "clusterLocalIssuerRef";
    default:
      return "issuerRef";
  }
}

function refersTo(certificate: KubeObject, target: ReferenceTarget): boolean {
  const field = (name: string) => text(certificate.raw, "spec", "issuerRef", name) ?? "";
  return (
    field("name") === target.name &&
    field("kind") === target.kind &&
    field("group") === target.group
  );
}

function redirected(certificate: KubeObject, { name, kind, group }: ReferenceTarget): KubeObject {
  const issuerRef = { kind, name, ...(group && { group }) };
  const spec = { ...record(certificate.raw, "spec"), issuerRef };
  const metadata = { ...record(certificate.raw, "metadata") };
  if (typeof metadata["generation"] === "number") metadata["generation"] += 1;
  return rewritten(certificate, { ...certificate.raw, metadata, spec });
}

import { text } from "../../model/json.ts";
import { known, unknown, type Known } from "../../model/known.ts";
import type { KubeObject } from "../../model/object.ts";
import { atLeast } from "../../model/versions.ts";

/**
 * Whether a renewal makes a new private key. The field is empty in the stored object where the default holds, and the
 * default changed in cert-manager 1.18 (pkg/controller/certificates/keymanager SetRuntimeDefaults).
 */
export function rotatesKey(certificate: KubeObject, certManager: Known<string>): Known<boolean> {
  const written = text(certificate.raw, "spec", "privateKey", "rotationPolicy");
  if (written === "Always" || written === "Never") return known(written === "Always");
  if (!certManager.known)
    return unknown(
      `whether ${certificate.name} gets a new key at renewal depends on the version of cert-manager: ${certManager.why}`,
    );
  return known(atLeast(certManager.value, "1.18"));
}

/**
 * From 1.19 on cert-manager is built with a Go that derives the subject key identifier of a CA by SHA-256
 * (golang/go#71746), so that a CA renewed with its old key changes its identifier.
 */
export function usesSha256KeyIds(certManager: string): boolean {
  return atLeast(certManager, "1.19");
}

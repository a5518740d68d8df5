import { defineFact } from "../fact.ts";
import { dig, list, stringList, text } from "../json.ts";
import { known, unknown, type Known } from "../known.ts";
import type { KubeObject } from "../object.ts";
import { isCertManagerController } from "../components.ts";
import { atLeast, versions } from "../versions.ts";

export type RotationPolicy = "Always" | "Never";

const gate = "DefaultPrivateKeyRotationPolicyAlways";

/**
 * What cert-manager takes for a Certificate without privateKey.rotationPolicy. The default is applied while it runs and
 * never written into the object. Source: pkg/controller/certificates/keymanager/keymanager_controller.go; the gate can
 * be turned off in 1.18 and 1.19 and is gone since 1.20.
 */
export const defaultRotationPolicy = defineFact<Known<RotationPolicy>>({
  name: "defaultRotationPolicy",
  reads: ["Deployment"],
  from: [versions],
  derive: (source, ask) => {
    const version = ask(versions).certManager;
    if (!version.known) return version;
    if (!atLeast(version.value, "1.18")) return known("Never");
    const controller = source.all("Deployment").find(isCertManagerController);
    const off =
      controller !== undefined && !atLeast(version.value, "1.20") && gateIsOff(controller);
    return known(off ? "Never" : "Always");
  },
});

function gateIsOff(controller: KubeObject): boolean {
  const [container] = list(dig(controller.raw, "spec", "template", "spec"), "containers");
  return stringList(container, "args").some((arg) =>
    new RegExp(`^--feature-gates=(?:.*,)?${gate}=false(?:,|$)`).test(arg),
  );
}

/** Whether renewing makes a new key; unknown where the field is not set and the default depends on an unknown version. */
export function rotationPolicyOf(
  certificate: KubeObject,
  fallback: Known<RotationPolicy>,
): Known<RotationPolicy> {
  const written = text(certificate.raw, "spec", "privateKey", "rotationPolicy");
  if (written === "Always" || written === "Never") return known(written);
  if (written) return unknown(`privateKey.rotationPolicy "${written}" is no policy`);
  return fallback;
}

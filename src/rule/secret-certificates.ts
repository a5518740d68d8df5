import type { Authority } from "../model/certmanager/authorities.ts";
import type { Demand } from "../model/knative/demand.ts";
import { nameOf, observed, type KubeObject, type ObjectRef } from "../model/object.ts";
import { certificatesIn, type CertificatesOfKey } from "../trust/secret-certificates.ts";
import type { View } from "./rule.ts";

type Read = CertificatesOfKey & { readonly state: "read" };

/** The certificates under a key of a Secret; undefined without the key. Redacted ones leave the subject not evaluated. */
export function certificatesOf(
  secret: KubeObject,
  key: "tls.crt" | "ca.crt",
  view: Pick<View, "notEvaluated">,
): Read | undefined {
  const reading = certificatesIn(secret, key);
  if (reading.state === "redacted") view.notEvaluated(`${key} of ${nameOf(secret)} is redacted`);
  return reading.state === "read" ? reading : undefined;
}

/**
 * The CA that an issuer signs with, and what stands beside it in its Secret; undefined where there is none yet. In
 * manifests alone, a Secret that a Certificate writes is still to be made.
 */
export function caOf(
  { secret: { namespace, name }, certificates }: Authority,
  view: View<"Secret">,
): Read | undefined {
  const toBeMade = !view.hasObserved && certificates.length > 0;
  const secret = toBeMade
    ? view.find("Secret", namespace, name)
    : view.expect("Secret", namespace, name);
  return secret && certificatesOf(secret, "tls.crt", view);
}

/** A Secret that Knative has asked a certificate into. */
export interface AskedSecret extends ObjectRef {
  readonly demand: Demand;
}

/**
 * The Secrets of demands, where they can be there already: in manifests alone, and for objects that are only written,
 * they are still to be made, unless the input holds them.
 */
export function* askedSecrets(view: View<"demands" | "Secret">): Iterable<AskedSecret> {
  for (const demand of view.need(view.fact("demands")).list) {
    const { namespace, name, owner } = demand;
    if (name === undefined) continue;
    const made = view.hasObserved && (owner === undefined || observed(owner));
    if (made || view.find("Secret", namespace, name))
      yield { kind: "Secret", namespace, name, demand };
  }
}

/** Comes after all that can be said: certificates that may be wanted, and are not known, leave the verdict open. */
export function needEveryDemand(view: View<"demands">): void {
  const [first] = view.need(view.fact("demands")).unsure;
  if (first && view.hasObserved) view.notEvaluated(first.why);
}

import { issuerOf } from "../model/certmanager/certificate.ts";
import { isIssuerKind, isOwnGroup } from "../model/certmanager/issuer.ts";
import { list, text } from "../model/json.ts";
import type { IssuerUse } from "../model/knative/issuer-use.ts";
import { nameOf, type KubeObject, type ObjectRef } from "../model/object.ts";
import type { View } from "./rule.ts";
import { isOfNoConcern } from "./used-issuers.ts";

/** An issuer of cert-manager that config-certmanager or a Certificate names, whether or not it exists. */
export interface NamedIssuer extends ObjectRef {
  readonly kind: "Issuer" | "ClusterIssuer";
  /** How config-certmanager names it; undefined where only Certificates do. */
  readonly use: IssuerUse | undefined;
  /** The Certificates that name it and that Knative did not ask for. */
  readonly certificates: readonly KubeObject[];
}

/** Every issuer that is named, once; an Issuer in config-certmanager is none yet, as each namespace needs its own. */
export function namedIssuers(
  view: View<"Certificate" | "ClusterIssuer">,
  uses: readonly IssuerUse[],
): Iterable<NamedIssuer> {
  const issuers = new Map<string, NamedIssuer>();
  for (const use of uses) {
    const { kind, group, name } = use.target;
    if (kind !== "ClusterIssuer" || !isOwnGroup(group) || isOfNoConcern(use, view)) continue;
    const ref = { kind, namespace: "", name } as const;
    issuers.set(nameOf(ref), { ...ref, use, certificates: [] });
  }
  for (const certificate of view.all("Certificate")) {
    const { kind, group, name } = issuerOf(certificate);
    if (!isOwnGroup(group) || !isIssuerKind(kind) || name === "" || isKnatives(certificate))
      continue;
    const ref = { kind, namespace: kind === "Issuer" ? certificate.namespace : "", name };
    const other = issuers.get(nameOf(ref)) ?? { ...ref, use: undefined, certificates: [] };
    issuers.set(nameOf(ref), { ...other, certificates: [...other.certificates, certificate] });
  }
  return issuers.values();
}

/** Knative names the issuer of its own Certificates in config-certmanager. */
function isKnatives(certificate: KubeObject): boolean {
  return list(certificate.raw, "metadata", "ownerReferences").some((owner) =>
    text(owner, "apiVersion")?.startsWith("networking.internal.knative.dev/"),
  );
}

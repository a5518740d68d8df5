import { isIssuerKind, isOwnGroup } from "../model/certmanager/issuer.ts";
import type { IssuerUse } from "../model/knative/issuer-use.ts";
import type { ObjectRef } from "../model/object.ts";
import type { View } from "./rule.ts";

/** An issuer of cert-manager that Knative's configuration names. */
export interface UsedIssuer extends ObjectRef {
  readonly kind: "Issuer" | "ClusterIssuer";
  readonly use: IssuerUse;
}

/**
 * The issuers that config-certmanager names: a ClusterIssuer whether or not it is known to exist, and every Issuer of
 * the name, as each namespace needs its own. What nobody wrote or uses is none unless it is known.
 */
export function* usedIssuers(
  view: View<"issuerUses" | "ClusterIssuer" | "Issuer">,
): Iterable<UsedIssuer> {
  for (const use of view.need(view.fact("issuerUses"))) {
    const { kind, group, name } = use.target;
    if (!isOwnGroup(group) || !isIssuerKind(kind)) continue;
    if (isOfNoConcern(use, view)) continue;
    if (kind === "ClusterIssuer") yield { kind, namespace: "", name, use };
    else
      for (const issuer of view.all("Issuer"))
        if (issuer.name === name) yield { kind, namespace: issuer.namespace, name, use };
  }
}

/** True for the default of references that nobody wrote, while every feature that uses them is off, and it was not seen. */
export function isOfNoConcern(
  { target, references }: IssuerUse,
  view: View<"ClusterIssuer">,
): boolean {
  return (
    references.every(({ reference, activity }) => !reference.entry && activity === "off") &&
    view.lookup("ClusterIssuer", "", target.name).state === "unknown"
  );
}

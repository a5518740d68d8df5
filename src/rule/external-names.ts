import { issuerType } from "../model/certmanager/issuer.ts";
import type { IssuerUse } from "../model/knative/issuer-use.ts";
import { kcertificateLabels } from "../model/knative/demand.ts";
import type { KubeObject, ObjectRef } from "../model/object.ts";
import type { View } from "./rule.ts";
import { usedIssuers } from "./used-issuers.ts";

/** An ACME issuer that issuerRef names, so that it is asked for certificates of external names. */
export interface AcmeIssuer extends ObjectRef {
  readonly issuer: KubeObject;
  readonly use: IssuerUse;
}

/** The ACME issuers behind issuerRef; one that no file holds makes the rule say that it could not look. */
export function* acmeIssuers(
  view: View<"issuerUses" | "ClusterIssuer" | "Issuer">,
): Iterable<AcmeIssuer> {
  for (const { kind, namespace, name, use } of usedIssuers(view)) {
    const external = use.references.some(
      ({ reference, activity }) => reference.key === "issuerRef" && activity !== "off",
    );
    const issuer = external ? view.expect(kind, namespace, name) : undefined;
    if (issuer && issuerType(issuer) === "acme") yield { kind, namespace, name, issuer, use };
  }
}

/** A name for which Knative will ask an external certificate. */
export interface ExternalName {
  readonly dnsName: string;
  /** How to speak of it. */
  readonly says: string;
  /** The labels that the Certificate, and so its Order, will carry. */
  readonly labels: ReadonlyMap<string, string>;
  readonly owner: KubeObject | undefined;
}

/**
 * Every name that issuerRef's issuer will be asked for, `k.` names of shortened certificates included; where services
 * may be kept elsewhere, what they would be called.
 */
export function externalNames(view: View<"demands">): readonly ExternalName[] {
  const { list, expected } = view.need(view.fact("demands"));
  const wanted = list
    .filter(({ issuerKey }) => issuerKey === "issuerRef")
    .flatMap((demand) => {
      const names = demand.names.ok ? demand.names.dnsNames : [];
      return names.map((dnsName) => ({
        dnsName,
        says: dnsName,
        labels: kcertificateLabels(demand),
        owner: demand.owner,
      }));
    });
  const others = expected.map((one) => ({ ...one, labels: new Map(), owner: undefined }));
  return [...wanted, ...others];
}

/** Comes after all that can be said: it ends the check where names are wanted that cannot be told. */
export function needEveryName(view: View<"demands">): void {
  const { unsure } = view.need(view.fact("demands"));
  const first = unsure.find(({ type }) => type === "external-domain");
  if (first) view.notEvaluated(first.why);
}

import { issuerNameOf, type Authority } from "../model/certmanager/authorities.ts";
import { isCa } from "../model/certmanager/certificate.ts";
import { durationOf, knativeLifetime, renewBeforeOf } from "../model/certmanager/lifetime.ts";
import { nameOf, type KubeObject, type SubjectRef } from "../model/object.ts";
import { severityByUse } from "./references.ts";
import { severities, type Severity } from "./finding.ts";
import type { View } from "./rule.ts";
import { sentence } from "./wording.ts";

/** A Certificate that makes the CA of issuers, or an issuer whose CA no Certificate makes that is known. */
export interface CaSubject extends SubjectRef {
  readonly certificate: KubeObject | undefined;
  readonly authorities: readonly Authority[];
}

/** Every CA behind Knative's certificates, once. */
export function* caSubjects(view: View<"authorities">): Iterable<CaSubject> {
  const made = new Map<KubeObject, Authority[]>();
  for (const authority of view.fact("authorities")) {
    const makers = authority.certificates.filter(isCa);
    const { kind, namespace, name } = authority.issuer;
    if (makers.length === 0)
      yield { kind, namespace, name, certificate: undefined, authorities: [authority] };
    for (const maker of makers) made.set(maker, [...(made.get(maker) ?? []), authority]);
  }
  for (const [certificate, authorities] of made) {
    const { kind, namespace, name } = certificate;
    yield { kind, namespace, name, certificate, authorities };
  }
}

/** The Certificate that makes the CA; undefined where there is none, which is another rule's matter. */
export function makerOf(
  { certificate, authorities }: CaSubject,
  view: View<"Certificate">,
): KubeObject | undefined {
  const [first] = authorities;
  if (certificate || !first || view.complete("Certificate", first.secret.namespace))
    return certificate;
  const { namespace, name } = first.secret;
  return view.notEvaluated(`no Certificate is known that makes Secret/${namespace}/${name}`);
}

/** "ClusterIssuer/knative-ca and ClusterIssuer/internal". */
export function issuersOf(authorities: readonly Authority[]): string {
  return sentence(authorities.map(({ issuer }) => nameOf(issuer)));
}

/** A fault in the CA of an issuer that Knative is known not to ask is worth knowing, no more. */
export function severityOfAuthority(authorities: readonly Authority[], worst: Severity): Severity {
  const found = new Set(authorities.map(({ use }) => (use ? severityByUse(use, worst) : worst)));
  return severities.find((one) => found.has(one)) ?? "info";
}

/**
 * How long what the issuers sign stays in use, in milliseconds: a leaf counts to its end, a CA below to its renewal,
 * after which the new one signs.
 */
export function longestIssued(
  authorities: readonly Authority[],
  view: View<"Certificate">,
): number {
  const issuers = new Set(authorities.map(({ issuer }) => nameOf(issuer)));
  const knatives = authorities.some(({ mayBeAsked }) => mayBeAsked) ? knativeLifetime : 0;
  const signed = view.all("Certificate").filter((one) => issuers.has(issuerNameOf(one)));
  return Math.max(knatives, ...signed.map(lifetime));
}

function lifetime(certificate: KubeObject): number {
  const life = durationOf(certificate);
  return isCa(certificate) ? life - renewBeforeOf(certificate, life) : life;
}

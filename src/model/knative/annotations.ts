import { parseBool } from "../go/strconv.ts";
import type { KubeObject } from "../object.ts";

const prefix = "networking.knative.dev/";

/**
 * Annotations with several spellings; the first that is present decides, whatever its value.
 * Source: knative/networking pkg/apis/networking/register.go, knative/pkg kmap KeyPriority.
 */
export const annotationSpellings = {
  ingressClass: [`${prefix}ingress.class`, `${prefix}ingress-class`],
  certificateClass: [`${prefix}certificate.class`, `${prefix}certificate-class`],
  disableExternalDomainTls: [
    `${prefix}disableAutoTLS`,
    `${prefix}disable-auto-tls`,
    `${prefix}disable-external-domain-tls`,
  ],
  httpProtocol: [`${prefix}httpOption`, `${prefix}http-protocol`],
} as const;

export type KnativeAnnotation = keyof typeof annotationSpellings;

export interface AnnotationValue {
  readonly spelling: string;
  readonly value: string;
}

/** Every spelling of `annotation` on the object, the deciding one first. */
export function annotationValues(
  object: KubeObject,
  annotation: KnativeAnnotation,
): readonly AnnotationValue[] {
  return annotationSpellings[annotation].flatMap((spelling) => {
    const value = object.annotations.get(spelling);
    return value === undefined ? [] : [{ spelling, value }];
  });
}

/** The value that Knative uses; undefined where the annotation is absent or empty. */
export function annotationValue(
  object: KubeObject,
  annotation: KnativeAnnotation,
): string | undefined {
  return annotationValues(object, annotation)[0]?.value || undefined;
}

/** True when the object opts out of certificates for its external names; a value that is no boolean does not. */
export function optsOutOfExternalTls(object: KubeObject): boolean {
  return parseBool(annotationValue(object, "disableExternalDomainTls") ?? "") ?? false;
}

/**
 * The certificate class of a DomainMapping's own: its annotations are copied onto the certificate, all but the other
 * spelling (serving pkg/reconciler/route/resources/certificate.go MakeCertificate).
 */
export function classOfMapping(mapping: KubeObject): string | undefined {
  return mapping.annotations.get(annotationSpellings.certificateClass[0]);
}

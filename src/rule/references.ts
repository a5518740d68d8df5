import type { IssuerReferenceKey } from "../model/knative/nested-keys.ts";
import { placeOfReference } from "../model/knative/cert-manager-config.ts";
import { featureOf, type IssuerUse } from "../model/knative/issuer-use.ts";
import type { Place } from "../model/place.ts";
import type { Related, Severity, Topic } from "./finding.ts";
import { sentence } from "./wording.ts";

/** What a fault in a reference is known by, so that what rests on the reference can follow from it. */
export function topicOf(key: IssuerReferenceKey): Topic {
  return `reference ${key}`;
}

export function topicsOf(use: IssuerUse): readonly Topic[] {
  return use.references.map(({ reference }) => topicOf(reference.key));
}

/** "issuerRef and clusterLocalIssuerRef". */
export function referencesTo(use: IssuerUse): string {
  return sentence(use.references.map(({ reference }) => reference.key));
}

/** The features that make Knative ask this issuer, as config-network calls them. */
export function featuresOf(use: IssuerUse): string {
  return sentence(use.references.map(({ reference }) => featureOf[reference.key]));
}

/** Where the issuer is named first, and the other places that name it. */
export function placesOf(
  use: IssuerUse,
  field: "name" | "kind" | "group",
): { readonly place: Place | undefined; readonly related: readonly Related[] } {
  const [first, ...others] = use.references.map(({ reference }) => ({
    key: reference.key,
    place: placeOfReference(use.config, reference, field),
  }));
  return {
    place: first?.place,
    related: others.flatMap(({ key, place }) =>
      place ? [{ place, note: `${key} names it too` }] : [],
    ),
  };
}

/** A fault in an issuer that Knative does not ask yet is milder: a warning while that is not known, else worth knowing. */
export function severityByUse(use: IssuerUse, worst: Severity): Severity {
  if (use.references.some(({ activity }) => activity === "on")) return worst;
  const unknown = use.references.some(({ activity }) => activity === "unknown");
  return unknown && worst !== "info" ? "warning" : "info";
}

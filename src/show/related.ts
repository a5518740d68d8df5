import { nameOf } from "../model/object.ts";
import type { RelatedLocation } from "../rule/report.ts";
import { spot } from "./spot.ts";

/** Where it is: in a file, or an object of a cluster, unless the note names that itself. */
export function placeOf({ location, object, note }: RelatedLocation): string | undefined {
  if (location) return spot(location);
  const name = object && nameOf(object);
  return name && !note.includes(name) ? name : undefined;
}

/** "named here (a.yaml:3:5)", "named here (ConfigMap/knative-serving/config-certmanager)". */
export function relatedText(related: RelatedLocation): string {
  const where = placeOf(related);
  return where === undefined ? related.note : `${related.note} (${where})`;
}

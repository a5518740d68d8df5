import type { Source } from "../../model/fact.ts";
import { compare } from "../../model/inventory.ts";
import { strings } from "../../model/json.ts";
import { at, refOf, type KubeObject, type SubjectRef } from "../../model/object.ts";
import { secretKeys } from "../../model/certmanager/resource-namespace.ts";
import { valueOf } from "../secret.ts";
import type { Place } from "../../model/place.ts";

/** The text of one key, as a component gets it. */
export interface KeyText {
  readonly object: SubjectRef;
  readonly key: string;
  readonly text: string;
  readonly place: Place;
  readonly isText: boolean;
}

/** The `data` of a ConfigMap. */
export function dataOf(configMap: KubeObject): readonly KeyText[] {
  return entriesOf(configMap, "data", true);
}

/** The `binaryData` of a ConfigMap, which only Eventing reads. */
export function binaryDataOf(configMap: KubeObject): readonly KeyText[] {
  return entriesOf(configMap, "binaryData", false).map((entry) => ({
    ...entry,
    text: Buffer.from(entry.text, "base64").toString("latin1"),
  }));
}

/** The keys of a Secret that hold certificates or may; redacted ones are left out. */
export function secretTexts(secret: KubeObject): readonly KeyText[] {
  return [...secretKeys(secret)].toSorted(compare).flatMap((key) => {
    const value = valueOf(secret, key);
    return value === undefined || value === "redacted"
      ? []
      : [{ object: refOf(secret), key, ...value }];
  });
}

function entriesOf(object: KubeObject, field: string, isText: boolean): readonly KeyText[] {
  return [...strings(object.raw, field)]
    .toSorted(([a], [b]) => compare(a, b))
    .map(([key, text]) => ({
      object: refOf(object),
      key,
      text,
      place: at(object, [field, key]),
      isText,
    }));
}

export function configMapsIn(source: Source, namespace: string): readonly KubeObject[] {
  return source.all("ConfigMap").filter((object) => object.namespace === namespace);
}

import { list, text } from "../json.ts";
import type { KubeObject } from "../object.ts";

/** The owner of an object that its controller is, by kind; undefined where it has none of that kind. */
export function ownerOf(
  object: KubeObject,
  group: string,
  kind: string,
): { readonly name: string; readonly uid: string | undefined } | undefined {
  const owner = list(object.raw, "metadata", "ownerReferences").find(
    (one) => text(one, "kind") === kind && text(one, "apiVersion")?.startsWith(`${group}/`),
  );
  const name = text(owner, "name");
  return name === undefined ? undefined : { name, uid: text(owner, "uid") };
}

/** Objects by a key that each may have. */
export function groupBy(
  objects: readonly KubeObject[],
  keyOf: (object: KubeObject) => string | undefined,
): ReadonlyMap<string, readonly KubeObject[]> {
  const groups = new Map<string, KubeObject[]>();
  for (const object of objects) {
    const key = keyOf(object);
    if (key === undefined) continue;
    const others = groups.get(key);
    if (others) others.push(object);
    else groups.set(key, [object]);
  }
  return groups;
}

/** Objects by "namespace/name" of their owner of a kind. */
export function byOwner(
  objects: readonly KubeObject[],
  group: string,
  kind: string,
): ReadonlyMap<string, readonly KubeObject[]> {
  return groupBy(objects, (object) => {
    const owner = ownerOf(object, group, kind);
    return owner && `${object.namespace}/${owner.name}`;
  });
}

import { list, text } from "../../model/json.ts";
import { nameOf, type KubeObject, type ObjectRef } from "../../model/object.ts";

/** What is left when these objects are deleted, with everything that goes with them. */
export function removeAll(
  present: readonly KubeObject[],
  removed: readonly ObjectRef[],
): readonly KubeObject[] {
  let left = present;
  let gone = left.filter((object) => removed.some((ref) => nameOf(ref) === nameOf(object)));
  while (gone.length > 0) {
    const going = new Set(gone);
    left = left.filter((object) => !going.has(object));
    const uids = new Set(gone.flatMap(({ uid }) => uid ?? []));
    const namespaces = new Set(
      gone.flatMap(({ kind, name }) => (kind === "Namespace" ? [name] : [])),
    );
    gone = left.filter(
      (object) =>
        (object.namespace !== "" && namespaces.has(object.namespace)) ||
        list(object.raw, "metadata", "ownerReferences").some((owner) =>
          uids.has(text(owner, "uid") ?? ""),
        ),
    );
  }
  return left;
}

import { dig, isObject, list, text } from "./json.ts";
import { known, unknown, type Known } from "./known.ts";
import { nameOf, type KubeObject } from "./object.ts";
import { timeAt } from "./time.ts";

/** Somebody who has written to an object, as the API server keeps count. */
export interface FieldManager {
  readonly manager: string;
  readonly operation: string;
  readonly at: Date | undefined;
  /** The keys of `data` that it set. */
  readonly keys: readonly string[];
}

/** Who wrote which keys of `data` (apimachinery metav1.ManagedFieldsEntry, structured-merge-diff fieldpath). */
export function fieldManagers(object: KubeObject): Known<readonly FieldManager[]> {
  const entries = list(object.raw, "metadata", "managedFields");
  if (entries.length === 0)
    return unknown(
      `${nameOf(object)} has no managedFields: kubectl leaves them out without --show-managed-fields`,
    );
  return known(
    entries.map((entry) => {
      const data = dig(entry, "fieldsV1", "f:data");
      const keys = isObject(data) ? Object.keys(data) : [];
      return {
        manager: text(entry, "manager") ?? "",
        operation: text(entry, "operation") ?? "",
        at: timeAt(entry, "time"),
        keys: keys.flatMap((key) => (key.startsWith("f:") ? [key.slice(2)] : [])).toSorted(),
      };
    }),
  );
}

/** The last change by a manager that set one of these keys; it may have changed other keys of its own. */
export function fieldsChanged(
  object: KubeObject,
  keys: readonly string[],
): Known<{ readonly manager: string; readonly at: Date } | undefined> {
  const managers = fieldManagers(object);
  if (!managers.known) return managers;
  const changes = managers.value.flatMap(({ manager, at, keys: its }) =>
    at && keys.some((key) => its.includes(key)) ? [{ manager, at }] : [],
  );
  return known(changes.toSorted((a, b) => b.at.getTime() - a.at.getTime())[0]);
}

import { isObject, list, record, type Json, type JsonObject } from "../../model/json.ts";
import type { Kind } from "../../model/kinds.ts";

/** An object without the parts that are large and that nothing looks at: field owners, schemas of definitions. */
export function trimmed(kind: Kind, raw: JsonObject): JsonObject {
  const { managedFields, ...metadata } = record(raw, "metadata");
  const lean = managedFields === undefined ? raw : { ...raw, metadata };
  if (kind !== "CustomResourceDefinition") return lean;
  const versions = list(raw, "spec", "versions").map((version): Json => {
    if (!isObject(version)) return version;
    const { schema: _schema, ...rest } = version;
    return rest;
  });
  return { ...lean, spec: { ...record(raw, "spec"), versions } };
}

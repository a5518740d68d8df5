import { plainEnvironment } from "../../src/model/environment.ts";
import { makeInventory, type Inventory, type InventoryParts } from "../../src/model/inventory.ts";
import { record, type JsonObject } from "../../src/model/json.ts";
import { kinds, type Kind } from "../../src/model/kinds.ts";
import { makeObject, type KubeObject } from "../../src/model/object.ts";

/** An object without a file, as a live cluster gives it. */
export function object(
  kind: Kind,
  name: string,
  content: JsonObject = {},
  namespace = "default",
): KubeObject {
  const { group, versions } = kinds[kind];
  const metadata = {
    name,
    ...record(content, "metadata"),
  };
  const apiVersion = group === "" ? versions[0] : `${group}/${versions[0]}`;
  const raw = { apiVersion, kind: kinds[kind].kind, ...content, metadata };
  const provenance = { type: "cluster", context: "test", resourceVersion: "1" } as const;
  return makeObject(kind, raw, provenance, kinds[kind].namespaced ? namespace : "");
}

export function inventory(
  objects: readonly KubeObject[],
  parts: Partial<InventoryParts> = {},
): Inventory {
  return makeInventory({
    world: "",
    environment: plainEnvironment,
    objects,
    knowledge: () => ({ state: "complete" }),
    ...parts,
  });
}

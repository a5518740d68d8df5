import { makeInventory, type Inventory } from "../../model/inventory.ts";
import type { OpenedCluster, OpenOptions } from "./open.ts";

/** The inventory of a cluster. One that did not answer has nothing, and says why of everything. */
export function inventoryOfCluster(
  opened: OpenedCluster,
  { environment, assumed }: Pick<OpenOptions, "environment" | "assumed">,
  before?: Inventory,
): Inventory {
  const common = { world: opened.name, environment, assumed, live: true };
  if (opened.state === "failed") {
    const why = opened.error.message;
    return makeInventory({ ...common, objects: [], knowledge: () => ({ state: "absent", why }) });
  }
  const { objects, knowledge, unread } = opened.collected;
  return makeInventory({ ...common, objects, knowledge, unread, before });
}

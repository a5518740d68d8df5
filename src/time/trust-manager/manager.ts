import { trustManager, type TrustManager } from "../../model/trustmanager/trust-manager.ts";
import { asking, inventoryOf, type World } from "../world.ts";

/** How trust-manager is set up in a world. */
export function managerIn(world: World): TrustManager {
  return asking(inventoryOf(world))(trustManager);
}

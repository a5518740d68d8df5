import { factsOf } from "../src/engine/facts.ts";
import type { Inventory } from "../src/model/inventory.ts";
import type { WorldHandshakes } from "../src/show/endpoints.ts";
import { handshakes } from "../src/trust/facts.ts";

/** What reports and the screen show beside the findings, worked out when it is first asked for. */
export function besideOf(inventories: readonly Inventory[], now: Date) {
  return {
    handshakes: once((): readonly WorldHandshakes[] =>
      inventories.map((inventory) => ({
        name: inventory.world,
        handshakes: factsOf(inventory)(handshakes)(now),
      })),
    ),
  };
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

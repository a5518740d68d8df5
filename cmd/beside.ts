import { factsOf } from "../src/engine/facts.ts";
import type { Ask } from "../src/model/fact.ts";
import type { Inventory } from "../src/model/inventory.ts";
import type { WorldHandshakes } from "../src/show/endpoints.ts";
import { handshakes } from "../src/trust/facts.ts";

/**
 * What reports and the screen show beside the findings, worked out when it is first asked for. `asks` are the facts of
 * each inventory, where the analysis has kept them.
 */
export function besideOf(
  inventories: readonly Inventory[],
  now: Date,
  asks: readonly Ask[] = inventories.map(factsOf),
) {
  return {
    handshakes: once((): readonly WorldHandshakes[] =>
      inventories.map(({ world: name }, i) => ({
        name,
        handshakes: asks[i]?.(handshakes)(now) ?? [],
      })),
    ),
  };
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

import type { StoreInput, TrustStore } from "../trust/stores/store.ts";
import type { View } from "./rule.ts";

/** What one dialer makes of one text. */
export interface StoreReading {
  readonly store: TrustStore;
  readonly input: StoreInput;
}

/** Stores of dialers that take part in a handshake; all of them while it is not known which do. */
export function usedStores(view: View<"config" | "handshakes" | "stores">): readonly TrustStore[] {
  if (!view.fact("config").network.known) return view.fact("stores");
  const dialers = new Set(
    view
      .fact("handshakes")(view.now)
      .map(({ dialer }) => dialer.component),
  );
  return view.fact("stores").filter(({ holder }) => dialers.has(holder.component));
}

const readers = {
  activator: "the activator",
  "kourier-gateway": "Kourier",
  "contour-gateway": "Contour",
} as const;

/** "Kourier drops the whole key". */
export function outcomeOf({ store, input }: StoreReading): string {
  const { component } = store.holder;
  const reader = Object.entries(readers).find(([name]) => name === component)?.[1] ?? component;
  const { kept, refused, panics } = input.reading;
  if (panics !== undefined) return `with it ${panics}`;
  if (refused) return `${reader} drops the whole key`;
  const count = kept.length;
  return `${reader} keeps ${String(count)} certificate${count === 1 ? "" : "s"} of it`;
}

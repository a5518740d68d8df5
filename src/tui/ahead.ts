import type { Listing } from "./listing.ts";
import type { Store } from "./store.ts";

/**
 * Works out ahead what keys may ask for, in steps with room for keys between them, for as long as the same findings are
 * shown. Gives a function that ends it.
 */
export function workAhead(store: Store, later: (work: () => void) => void): () => void {
  let working: Listing | undefined;
  const begin = (): void => {
    const { listing } = store.get().contents;
    if (listing === working) return;
    working = listing;
    const steps = listing.ahead();
    const step = (): void => {
      if (working === listing && steps.next().done !== true) later(step);
    };
    later(step);
  };
  begin();
  const unsubscribe = store.subscribe(begin);
  return () => {
    working = undefined;
    unsubscribe();
  };
}

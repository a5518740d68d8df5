import { setTimeout as sleep } from "node:timers/promises";

/** Time between two looks, in ms. */
const pause = 50;

export interface Patience {
  readonly seconds?: number;
  /** Called at every look; what it throws ends the waiting. */
  readonly alive?: () => void;
}

/**
 * Looks until `look` gives something other than undefined, and fails with `what` and the last error after `seconds`.
 * An error of `look` counts as "not yet".
 */
export async function until<T>(
  what: string,
  look: () => Promise<T | undefined>,
  { seconds = 60, alive }: Patience = {},
): Promise<T> {
  const deadline = Date.now() + seconds * 1000;
  let last = "";
  for (;;) {
    alive?.();
    try {
      const seen = await look();
      if (seen !== undefined) return seen;
      last = "";
    } catch (error) {
      last = `: ${String(error)}`;
    }
    if (Date.now() > deadline) throw new Error(`${what}: not within ${seconds} s${last}`);
    await sleep(pause);
  }
}

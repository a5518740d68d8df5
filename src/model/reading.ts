import { defineFact } from "./fact.ts";
import type { Duplicate, ReadingProblem } from "./inventory.ts";

/** How the input was read: what could not be, and what it holds twice. */
export interface Reading {
  readonly problems: readonly ReadingProblem[];
  readonly duplicates: readonly Duplicate[];
}

export const reading = defineFact<Reading>({
  name: "reading",
  reads: [],
  from: [],
  derive: ({ problems, duplicates }) => ({ problems, duplicates }),
});

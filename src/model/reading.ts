import { defineFact } from "./fact.ts";
import type { Duplicate, ReadingProblem } from "./inventory.ts";

/** How the input was read: what could not be, and what it holds twice. */
export interface Reading {
  readonly files: readonly string[];
  readonly problems: readonly ReadingProblem[];
  readonly duplicates: readonly Duplicate[];
}

export const reading = defineFact<Reading>({
  name: "reading",
  reads: [],
  from: [],
  derive: ({ files, problems, duplicates }) => ({ files, problems, duplicates }),
});

import { defineFact } from "./fact.ts";
import type { Duplicate, ReadingProblem, Unanswered } from "./inventory.ts";

/** How the input was read: what could not be, and what it holds twice. */
export interface Reading {
  readonly files: readonly string[];
  readonly problems: readonly ReadingProblem[];
  readonly duplicates: readonly Duplicate[];
  /** True where the objects were asked of a cluster. */
  readonly live: boolean;
  readonly unanswered: readonly Unanswered[];
}

export const reading = defineFact<Reading>({
  name: "reading",
  reads: [],
  from: [],
  derive: ({ files, problems, duplicates, live, unanswered }) => ({
    files,
    problems,
    duplicates,
    live,
    unanswered,
  }),
});

import type { LocatedFinding } from "../rule/report.ts";
import type { Columns } from "./columns.ts";
import { asksForAccepted, haystackOf, longest, narrows, termsOf, type Term } from "./query.ts";

/** Marks of findings, by index. */
export type Marks = Uint8Array;

interface Result {
  readonly terms: readonly Term[];
  readonly marks: Marks;
}

const kept = 40;

export interface Passing {
  /** What a filter lets through; a longer one looks only at what a shorter one left, and only for what is new in it. */
  readonly by: (filter: string) => Marks;
  /** Works ahead: reads some texts each time until all are read. */
  readonly ahead: () => Generator<void>;
}

const readAtOnce = 10_000;

export function passing(findings: readonly LocatedFinding[], columns: Columns): Passing {
  const haystacks: string[] = [];
  const read = (some: number): void => {
    const next = findings.slice(haystacks.length, haystacks.length + some);
    for (const finding of next) haystacks.push(haystackOf(finding));
  };
  const open = Uint8Array.from(findings, ({ accepted }) => (accepted === undefined ? 1 : 0));
  const results = new Map<string, Result>();
  const drop = (marks: Marks, { facet, value }: Term): void => {
    if (facet) {
      const { values, of } = columns.of(facet);
      const has = values.map((one) => one.slice(0, longest).toLowerCase().includes(value));
      for (let i = 0; i < marks.length; i++) if (!has[of[i] ?? 0]) marks[i] = 0;
      return;
    }
    read(findings.length);
    for (let i = 0; i < marks.length; i++)
      if (marks[i] === 1 && haystacks[i]?.includes(value) !== true) marks[i] = 0;
  };
  const by = (filter: string): Marks => {
    const known = results.get(filter);
    if (known) return known.marks;
    const terms = termsOf(filter);
    const wider = [...results.values()].findLast((earlier) => narrows(terms, earlier.terms));
    const marks = asksForAccepted(terms) ? open.map(() => 1) : (wider?.marks ?? open).slice();
    for (const [i, term] of terms.entries())
      if (wider?.terms[i]?.value !== term.value) drop(marks, term);
    if (results.size >= kept) results.delete(results.keys().next().value ?? "");
    results.set(filter, { terms, marks });
    return marks;
  };
  return {
    by,
    *ahead() {
      while (haystacks.length < findings.length) {
        read(readAtOnce);
        yield;
      }
    },
  };
}

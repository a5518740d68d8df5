import type { LocatedFinding, LocatedReport } from "../rule/report.ts";
import { findingsByFingerprint, rootsOf, type Root } from "../show/roots.ts";
import { columnsOf, type Column } from "./columns.ts";
import { isFolded, type Folding } from "./folding.ts";
import { once } from "./once.ts";
import { groupings, orderBy, type Grouping, type Order } from "./order.ts";
import { passing, type Marks } from "./passing.ts";
import { facetNames, type FacetName } from "./query.ts";

/** The values of a facet, and how many findings have each of them. */
export interface Counts {
  readonly values: readonly string[];
  readonly counts: Int32Array;
}

interface Group {
  readonly label: string;
  readonly count: number;
  readonly isFolded: boolean;
}

/** A row is the heading of a group, or a finding. */
export type Row = { readonly group: Group } | { readonly listed: Root };

interface Rows {
  readonly count: number;
  /** How many findings the filter lets through, those in folded groups too. */
  readonly findings: number;
  at(index: number): Row | undefined;
  /** The first row at or after `index`, in steps of `by`, that is a finding. */
  next(index: number, by: 1 | -1): number;
  indexOf(fingerprint: string): number;
}

interface Wish {
  readonly grouping: Grouping;
  readonly filter: string;
  readonly folding: Folding;
}

/** The findings of a report as the screen lists them: grouped, filtered and folded, in time proportional to what changes. */
export interface Listing {
  readonly byFingerprint: ReadonlyMap<string, LocatedFinding>;
  root(fingerprint: string): Root | undefined;
  /** How many of those that the filter lets through have each value of a facet, of which the first word counts. */
  counts(name: FacetName, filter: string): Counts;
  rows(wish: Wish): Rows;
  /** Works out ahead what keys may ask for, a little each time. */
  ahead(): Generator<void>;
}

export function makeListing(report: LocatedReport): Listing {
  const byFingerprint = findingsByFingerprint(report);
  const all = listedOf(report, byFingerprint);
  const findings = all.map(({ finding }) => finding);
  const placeOf = (fingerprint: string): number => {
    const finding = byFingerprint.get(fingerprint);
    return finding ? findings.indexOf(finding) : -1;
  };
  const columns = columnsOf(findings);
  const passes = passing(findings, columns);
  const orderOf = once((grouping: Grouping) => orderBy(findings, columns, grouping));
  let last: { readonly wish: Wish; readonly rows: Rows } | undefined;
  return {
    byFingerprint,
    root: (fingerprint) => all[placeOf(fingerprint)],
    counts: (name, filter) => countsOf(columns.wordsOf(name), passes.by(filter)),
    rows(wish) {
      if (last && same(last.wish, wish)) return last.rows;
      const { grouping, filter, folding } = wish;
      const order = orderOf(grouping);
      const rows = rowsOf(all, chosenOf(order, passes.by(filter), folding), placeOf);
      last = { wish, rows };
      return rows;
    },
    *ahead() {
      yield* passes.ahead();
      for (const name of facetNames) {
        columns.wordsOf(name);
        yield;
      }
      for (const grouping of groupings) {
        orderOf(grouping);
        yield;
      }
    },
  };
}

function same(a: Wish, b: Wish): boolean {
  return a.grouping === b.grouping && a.filter === b.filter && a.folding === b.folding;
}

function listedOf(report: LocatedReport, byFingerprint: Listing["byFingerprint"]): readonly Root[] {
  const accepted = report.findings
    .filter((one) => one.causes.length === 0 && one.accepted !== undefined)
    .map((finding) => ({ finding, consequences: [] }));
  return [...rootsOf(report, byFingerprint), ...accepted];
}

function countsOf({ values, of }: Column, marks: Marks): Counts {
  const counts = new Int32Array(values.length);
  let i = 0;
  for (const value of of) if (marks[i++] === 1) counts[value] = (counts[value] ?? 0) + 1;
  return { values, counts };
}

interface Chosen {
  readonly order: Order;
  readonly folding: Folding;
  /** What each row is: the index of a finding, or of a group as a negative number. */
  readonly codes: Int32Array;
  /** How many findings each group has. */
  readonly counts: Int32Array;
  readonly findings: number;
}

function chosenOf(order: Order, marks: Marks, folding: Folding): Chosen {
  const { groups, indices, groupOf, labelOf } = order;
  const isOneWay = folding.except.size === 0;
  const codes = new Int32Array(indices.length + groups);
  const counts = new Int32Array(groups);
  let length = 0;
  let findings = 0;
  let current = -1;
  let isHidden = false;
  for (const index of indices) {
    if (marks[index] === 0) continue;
    const group = groupOf[index] ?? 0;
    if (group !== current) {
      codes[length++] = -group - 1;
      current = group;
      isHidden = isOneWay ? folding.all : isFolded(folding, labelOf(group));
    }
    findings += 1;
    counts[group] = (counts[group] ?? 0) + 1;
    if (!isHidden) codes[length++] = index;
  }
  return { order, folding, codes: codes.subarray(0, length), counts, findings };
}

function rowsOf(
  all: readonly Root[],
  { order, folding, codes, counts, findings }: Chosen,
  placeOf: (fingerprint: string) => number,
): Rows {
  return {
    count: codes.length,
    findings,
    at(row) {
      const code = codes[row];
      if (code === undefined) return undefined;
      if (code < 0) {
        const group = -code - 1;
        const label = order.labelOf(group);
        const count = counts[group] ?? 0;
        return { group: { label, count, isFolded: isFolded(folding, label) } };
      }
      const listed = all[code];
      return listed && { listed };
    },
    next(index, by) {
      for (let row = index; row >= 0 && row < codes.length; row += by)
        if ((codes[row] ?? -1) >= 0) return row;
      return -1;
    },
    indexOf(fingerprint) {
      const place = placeOf(fingerprint);
      return place < 0 ? -1 : codes.indexOf(place);
    },
  };
}

import type { LocatedFinding } from "../rule/report.ts";
import { once } from "./once.ts";
import { facetOf, type FacetName } from "./query.ts";

/** What a facet says of each finding: every value once, and by index of a finding which of them it has. */
export interface Column {
  readonly values: readonly string[];
  readonly of: Int32Array;
}

export interface Columns {
  readonly of: (name: FacetName) => Column;
  /** Only the first words of the values. */
  readonly wordsOf: (name: FacetName) => Column;
}

/** Each made when it is asked for. */
export function columnsOf(findings: readonly LocatedFinding[]): Columns {
  const of = once((name: FacetName) => columnOf(findings, (one) => facetOf(name, one)));
  return { of, wordsOf: once((name) => firstWords(of(name))) };
}

function columnOf<T>(items: readonly T[], valueOf: (item: T) => string): Column {
  const places = new Map<string, number>();
  const of = new Int32Array(items.length);
  let i = 0;
  for (const item of items) {
    const value = valueOf(item);
    const known = places.get(value);
    of[i++] = known ?? places.size;
    if (known === undefined) places.set(value, places.size);
  }
  return { values: [...places.keys()], of };
}

function firstWords(column: Column): Column {
  if (!column.values.some((value) => value.includes(" "))) return column;
  const { values, of } = columnOf(column.values, (value) => value.split(" ")[0] ?? "");
  return { values, of: column.of.map((value) => of[value] ?? 0) };
}

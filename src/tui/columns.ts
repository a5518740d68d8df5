import type { LocatedFinding } from "../rule/report.ts";
import { facetOf, type FacetName } from "./query.ts";

/** What a facet says of each finding: every value once, and by index of a finding which of them it has. */
export interface Column {
  readonly values: readonly string[];
  readonly of: Int32Array;
}

export type Columns = (name: FacetName) => Column;

/** Made once each, when they are asked for. */
export function columnsOf(findings: readonly LocatedFinding[]): Columns {
  const made = new Map<FacetName, Column>();
  return (name) => {
    const known = made.get(name);
    if (known) return known;
    const column = columnOf(findings, name);
    made.set(name, column);
    return column;
  };
}

function columnOf(findings: readonly LocatedFinding[], name: FacetName): Column {
  const places = new Map<string, number>();
  const of = new Int32Array(findings.length);
  let i = 0;
  for (const finding of findings) {
    const value = facetOf(name, finding);
    const known = places.get(value);
    of[i++] = known ?? places.size;
    if (known === undefined) places.set(value, places.size);
  }
  return { values: [...places.keys()], of };
}

import { thousands } from "../../model/thousands.ts";
import type { Counts, Listing } from "../listing.ts";
import { column, line, span } from "../line.ts";
import { keptLast } from "../once.ts";
import { facetNames, type FacetName } from "../query.ts";
import { spokenLine, type List, type ListContext } from "./view.ts";

interface Facet {
  readonly term: string;
  readonly count: number;
}

const mostValues = 200;
const withoutBlank = /^\S+$/;

/** What findings can be filtered by, with how many there are; Enter puts one into the filter or takes it out. */
export function facetsList({ contents, state, spot }: ListContext): List {
  const filter = state.spots.findings.filter;
  const facets = facetsOf(contents.listing, filter).filter(({ term }) =>
    term.toLowerCase().includes(spot.filter.toLowerCase()),
  );
  const on = new Set(filter.split(/\s+/));
  const row = (index: number) => {
    const { term = "", count = 0 } = facets[index] ?? {};
    return line(
      span(on.has(term) ? "  [x] " : "  [ ] ", "title"),
      column(thousands(count), 9),
      term,
    );
  };
  return {
    count: facets.length,
    about: filter === "" ? "Enter filters by it, Esc goes back" : `filter: ${filter}`,
    empty: "Nothing to filter by.",
    heading: [],
    row,
    pageAt: () => undefined,
    spoken: (index) => spokenLine(row(index)),
  };
}

/** The term under the cursor. */
export function facetAt(context: ListContext, index: number): string {
  const filter = context.state.spots.findings.filter;
  const facets = facetsOf(context.contents.listing, filter).filter(({ term }) =>
    term.toLowerCase().includes(context.spot.filter.toLowerCase()),
  );
  return facets[index]?.term ?? "";
}

const facetsOf = keptLast((listing: Listing, filter: string): readonly Facet[] => {
  const counts = facetNames.flatMap((name) => valuesOf(name, listing.counts(name, filter), filter));
  const chosen = filter
    .split(/\s+/)
    .filter((term) => term.includes(":") && !counts.some((facet) => facet.term === term))
    .map((term) => ({ term, count: 0 }));
  return [...chosen, ...counts];
});

/** A facet with one value tells nothing apart, unless it is in the filter already. */
function valuesOf(name: FacetName, counts: Counts, filter: string): readonly Facet[] {
  const frequent = mostFrequent(counts);
  if (frequent.length < 2 && !filter.includes(`${name}:`)) return [];
  return frequent
    .filter(({ term }) => withoutBlank.test(term))
    .map(({ term, count }) => ({ term: `${name}:${term}`, count }));
}

/** In order, without putting all of 100,000 names in order. */
function mostFrequent({ values, counts }: Counts): readonly Facet[] {
  const kept: Facet[] = [];
  let i = 0;
  for (const term of values) {
    const count = counts[i++] ?? 0;
    const least = kept[mostValues - 1];
    if (count === 0 || (least && isBefore(least, term, count))) continue;
    kept.splice(placeIn(kept, term, count), 0, { term, count });
    if (kept.length > mostValues) kept.pop();
  }
  return kept;
}

function isBefore(one: Facet, term: string, count: number): boolean {
  return one.count > count || (one.count === count && one.term < term);
}

function placeIn(kept: readonly Facet[], term: string, count: number): number {
  let low = 0;
  let high = kept.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const one = kept[middle];
    if (one && isBefore(one, term, count)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The filter with the term in it, or without it where it was. */
export function toggled(filter: string, term: string): string {
  const terms = filter.split(/\s+/).filter(Boolean);
  return (terms.includes(term) ? terms.filter((one) => one !== term) : [...terms, term]).join(" ");
}

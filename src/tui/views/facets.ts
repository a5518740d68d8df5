import { thousands } from "../../model/thousands.ts";
import { compare } from "../../model/inventory.ts";
import type { Listing } from "../listing.ts";
import { column, line, span } from "../line.ts";
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

let last:
  | { readonly listing: Listing; readonly filter: string; readonly facets: readonly Facet[] }
  | undefined;

function facetsOf(listing: Listing, filter: string): readonly Facet[] {
  if (last?.listing === listing && last.filter === filter) return last.facets;
  const counts = facetNames.flatMap((name) => valuesOf(name, listing.counts(name, filter), filter));
  const chosen = filter
    .split(/\s+/)
    .filter((term) => term.includes(":") && !counts.some((facet) => facet.term === term))
    .map((term) => ({ term, count: 0 }));
  last = { listing, filter, facets: [...chosen, ...counts] };
  return last.facets;
}

/** A facet with one value tells nothing apart, unless it is in the filter already. */
function valuesOf(
  name: FacetName,
  whole: ReadonlyMap<string, number>,
  filter: string,
): readonly Facet[] {
  const counts = new Map<string, number>();
  for (const [value, count] of whole) {
    const word = value.split(" ")[0] ?? "";
    counts.set(word, (counts.get(word) ?? 0) + count);
  }
  if (counts.size < 2 && !filter.includes(`${name}:`)) return [];
  return [...counts]
    .filter(([value]) => withoutBlank.test(value))
    .toSorted(([a, x], [b, y]) => y - x || compare(a, b))
    .slice(0, mostValues)
    .map(([value, count]) => ({ term: `${name}:${value}`, count }));
}

/** The filter with the term in it, or without it where it was. */
export function toggled(filter: string, term: string): string {
  const terms = filter.split(/\s+/).filter(Boolean);
  return (terms.includes(term) ? terms.filter((one) => one !== term) : [...terms, term]).join(" ");
}

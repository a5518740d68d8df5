import type { LocatedFinding } from "../rule/report.ts";

/** What a filter is asked about: a finding, and all of its text in lower case. */
export interface Entry {
  readonly finding: LocatedFinding;
  readonly haystack: string;
}

interface Term {
  readonly facet: FacetName | undefined;
  readonly value: string;
}

const longest = 300;

/** What can be asked for by name, `ns:shop`, and what of a finding it looks at. */
const facets = {
  severity: ({ severity }: LocatedFinding) => severity,
  rule: ({ code, id }: LocatedFinding) => `${code} ${id}`,
  ns: ({ subject }: LocatedFinding) => subject.namespace,
  kind: ({ subject }: LocatedFinding) => subject.kind,
  name: ({ subject }: LocatedFinding) => subject.name,
  file: ({ location }: LocatedFinding) => location?.file ?? "",
  cluster: ({ world }: LocatedFinding) => world,
  is: ({ accepted }: LocatedFinding) => accepted ?? "open",
} as const;

export type FacetName = keyof typeof facets;

export const facetNames = Object.keys(facets).filter(isFacetName);

function isFacetName(name: string): name is FacetName {
  return Object.hasOwn(facets, name);
}

export function facetOf(name: FacetName, finding: LocatedFinding): string {
  return facets[name](finding);
}

function termsOf(filter: string): readonly Term[] {
  return filter
    .toLowerCase()
    .split(/\s+/)
    .filter(Boolean)
    .map((word) => {
      const [name = "", ...rest] = word.split(":");
      return rest.length > 0 && isFacetName(name)
        ? { facet: name, value: rest.join(":") }
        : { facet: undefined, value: word };
    });
}

export function haystackOf(finding: LocatedFinding): string {
  const { severity, code, id, subject, message, location } = finding;
  return [
    severity,
    code,
    id,
    subject.kind,
    subject.namespace,
    subject.name,
    location?.file,
    message,
  ]
    .map((part) => (part ?? "").slice(0, longest))
    .join(" ")
    .toLowerCase();
}

/** All terms must hold. What is accepted shows only where the filter says `is:`. */
export function matcher(filter: string): (entry: Entry) => boolean {
  const terms = termsOf(filter);
  const asksForAccepted = terms.some(({ facet }) => facet === "is");
  return ({ finding, haystack }) =>
    (asksForAccepted || finding.accepted === undefined) &&
    terms.every(({ facet, value }) =>
      facet
        ? facets[facet](finding).slice(0, longest).toLowerCase().includes(value)
        : haystack.includes(value),
    );
}

/** True where everything that `filter` lets through is among what `earlier` let through. */
export function narrows(filter: string, earlier: string): boolean {
  const before = termsOf(earlier);
  const now = termsOf(filter);
  return (
    before.every(({ facet, value }, i) => {
      const same = now[i];
      return same && same.facet === facet && facet !== "is" && same.value.includes(value);
    }) && now.every(({ facet }) => facet !== "is")
  );
}

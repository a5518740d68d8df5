import type { LocatedFinding } from "../rule/report.ts";

/** One word of a filter. */
export interface Term {
  readonly facet: FacetName | undefined;
  readonly value: string;
}

/** So much of a value is looked at. */
export const longest = 300;

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

export function termsOf(filter: string): readonly Term[] {
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

/** All of the text of a finding that a filter without a facet looks at, in lower case. */
export function haystackOf({
  severity,
  code,
  id,
  subject,
  message,
  location,
}: LocatedFinding): string {
  const { kind, namespace, name } = subject;
  const parts = [severity, code, id, kind, namespace, name, location?.file ?? "", message];
  return parts
    .map((part) => part.slice(0, longest))
    .join(" ")
    .toLowerCase();
}

/** What is accepted shows only where the filter says `is:`. */
export function asksForAccepted(terms: readonly Term[]): boolean {
  return terms.some(({ facet }) => facet === "is");
}

/** True where everything that holds `terms` is among what holds `earlier` ones. */
export function narrows(terms: readonly Term[], earlier: readonly Term[]): boolean {
  return (
    !asksForAccepted(terms) &&
    !asksForAccepted(earlier) &&
    earlier.every(({ facet, value }, i) => {
      const same = terms[i];
      return same && same.facet === facet && same.value.includes(value);
    })
  );
}

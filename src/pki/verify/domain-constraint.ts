import { reverseLabels } from "../go/domain.ts";

/** Thousands of names meet thousands of constraints. */
const known = new Map<string, readonly string[]>();

/**
 * x509.matchDomainConstraint: a constraint covers itself and what is below; with a leading dot only what is below;
 * an empty one everything. An excluded name is also hit by a wildcard that could stand for it.
 */
export function domainMatches(domain: string, constraint: string, wildcards: boolean): boolean {
  if (constraint === "") return true;
  const below = constraint.startsWith(".");
  const labels = labelsOf(domain);
  const wanted = labelsOf(below ? constraint.slice(1) : constraint);
  const least = wanted.length + (below ? 1 : 0);
  if (labels.length < least) return false;
  const sameDepth = labels.length === wanted.length && wanted.length > 1;
  const compared = wildcards && domain.startsWith("*") && sameDepth ? wanted.slice(0, -1) : wanted;
  return compared.every((label, i) => label === labels[i]);
}

/** In lower case, the last one first. */
function labelsOf(domain: string): readonly string[] {
  const seen = known.get(domain);
  if (seen) return seen;
  const labels = reverseLabels(domain.toLowerCase()) ?? [];
  if (known.size > 10_000) known.clear();
  known.set(domain, labels);
  return labels;
}

import { distance } from "fastest-levenshtein";

/** The candidate that `name` was probably meant to be: closest, and no more than a third of its letters away. */
export function nearest(name: string, candidates: Iterable<string>): string | undefined {
  let best: { readonly candidate: string; readonly edits: number } | undefined;
  for (const candidate of candidates) {
    if (candidate === name) continue;
    const edits = distance(name.toLowerCase(), candidate.toLowerCase());
    if (
      edits <= Math.max(1, Math.min(4, Math.floor(candidate.length / 3))) &&
      (!best || edits < best.edits)
    )
      best = { candidate, edits };
  }
  return best?.candidate;
}

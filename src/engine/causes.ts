import type { Draft } from "./draft.ts";

/**
 * The fingerprints of the findings that each finding follows from. A finding is a consequence when everything it
 * depends on is affected by findings of the rules that its own rule follows; otherwise it is a fault of its own.
 */
export function causesOf(drafts: readonly Draft[]): ReadonlyMap<Draft, readonly string[]> {
  const affecting = new Map<string, Draft[]>();
  for (const draft of drafts) {
    for (const topic of draft.affects) {
      const key = `${draft.world}\n${draft.code}\n${topic}`;
      const others = affecting.get(key);
      if (others) others.push(draft);
      else affecting.set(key, [draft]);
    }
  }
  return new Map(drafts.map((draft) => [draft, causes(draft, affecting)]));
}

function causes(draft: Draft, affecting: ReadonlyMap<string, readonly Draft[]>): readonly string[] {
  const found = new Set<string>();
  for (const topic of draft.dependsOn) {
    const reasons = draft.follows
      .flatMap((code) => affecting.get(`${draft.world}\n${code}\n${topic}`) ?? [])
      .filter((other) => other.fingerprint !== draft.fingerprint);
    if (reasons.length === 0) return [];
    for (const reason of reasons) found.add(reason.fingerprint);
  }
  return [...found].toSorted();
}

/** Which groups show their heading only: none, or all, except some by their labels. */
export interface Folding {
  readonly all: boolean;
  readonly except: ReadonlySet<string>;
}

export const unfolded: Folding = { all: false, except: new Set() };
const folded: Folding = { all: true, except: new Set() };

export function isFolded({ all, except }: Folding, label: string): boolean {
  return all !== except.has(label);
}

/** With the group folded if `wish` says so, or unfolded; without a wish, what it was not. */
export function folding(before: Folding, label: string, wish?: boolean): Folding {
  const { all, except } = before;
  if (wish === isFolded(before, label)) return before;
  const next = new Set(except);
  if (!next.delete(label)) next.add(label);
  return { all, except: next };
}

/** Unfolds all where any is folded. */
export function foldingAll({ all, except }: Folding): Folding {
  return all || except.size > 0 ? unfolded : folded;
}

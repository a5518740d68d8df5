/** The families of rules: directory name and code prefix. */
export const groups: ReadonlyMap<string, string> = new Map([
  ["installation", "KC1"],
  ["issuers", "KC2"],
  ["certificates", "KC3"],
  ["authorities", "KC4"],
  ["trust", "KC5"],
  ["rotation", "KC6"],
  ["eventing", "KC7"],
  ["analysis", "KC9"],
]);

/** The directory of a rule of this program; undefined for rules of third parties. */
export function groupOf(code: string): string | undefined {
  return [...groups].find(([, prefix]) => code.startsWith(prefix))?.[0];
}

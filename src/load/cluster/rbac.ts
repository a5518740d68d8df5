import { kinds, type Kind } from "../../model/kinds.ts";

/** One entry of `rules` in a ClusterRole. */
export interface PolicyRule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
}

/** Kinds of which single objects are read as well. */
const gets: ReadonlySet<Kind> = new Set<Kind>(["CustomResourceDefinition", "Secret"]);

/** The smallest rules with which these kinds can be read, one for each API group and set of verbs. */
export function rulesFor(wanted: readonly Kind[], watch: boolean): readonly PolicyRule[] {
  const rules = new Map<string, Kind[]>();
  for (const kind of [...new Set(wanted)].toSorted()) {
    const key = JSON.stringify([kinds[kind].group, verbsOf(kind, watch)]);
    rules.set(key, [...(rules.get(key) ?? []), kind]);
  }
  return [...rules.values()]
    .map((same) => ({
      apiGroups: [kinds[same[0] ?? "Secret"].group],
      resources: same.map((kind) => kinds[kind].plural).toSorted(),
      verbs: verbsOf(same[0] ?? "Secret", watch),
    }))
    .toSorted((a, b) =>
      `${a.apiGroups.join()} ${a.resources.join()}` < `${b.apiGroups.join()} ${b.resources.join()}`
        ? -1
        : 1,
    );
}

function verbsOf(kind: Kind, watch: boolean): readonly string[] {
  return [...(gets.has(kind) ? ["get"] : []), "list", ...(watch ? ["watch"] : [])];
}

/** A rule on one line, as it can be put into a ClusterRole; `verb` where only one is missing. */
export function ruleText(kind: Kind, verb?: string): string {
  const verbs = verb === undefined ? verbsOf(kind, false) : [verb];
  return `{apiGroups: ["${kinds[kind].group}"], resources: [${kinds[kind].plural}], verbs: [${verbs.join(", ")}]}`;
}

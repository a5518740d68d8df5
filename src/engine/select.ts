import type { Severity } from "../rule/finding.ts";
import type { Preset } from "../rule/preset.ts";
import type { Rule } from "../rule/rule.ts";

/** Which rules run, and how bad their findings are. */
export interface Selection {
  /** Codes, ids, code prefixes ("KC5"), groups or presets; empty: every rule. */
  readonly select: readonly string[];
  readonly ignore: readonly string[];
  readonly severities: ReadonlyMap<string, Severity | "off">;
}

/** Names for several rules at once. */
export interface Catalogue {
  readonly rules: readonly Rule[];
  /** "issuers" -> "KC2": a group is a code prefix with a name. */
  readonly groups: ReadonlyMap<string, string>;
  readonly presets: ReadonlyMap<string, Preset>;
}

export interface Selected {
  readonly rules: readonly { readonly rule: Rule; readonly severity: Severity | undefined }[];
  /** Selectors that name nothing. */
  readonly unknown: readonly string[];
}

export function selectRules(catalogue: Catalogue, selection: Selection): Selected {
  const preset = selection.select
    .map((name) => catalogue.presets.get(name))
    .filter((one) => one !== undefined);
  const wanted = selection.select.length === 0 ? ["all"] : selection.select;
  const severities = new Map([
    ...preset.flatMap((one) => [...one.severities]),
    ...selection.severities,
  ]);
  const rules = catalogue.rules.flatMap((rule) => {
    const named = (selectors: readonly string[]) =>
      selectors.some((selector) => covers(catalogue, selector, rule));
    const severity = severityFor(catalogue, rule, severities);
    if (!named(wanted) || named(selection.ignore) || severity === "off") return [];
    return [{ rule, severity }];
  });
  const all = [...selection.select, ...selection.ignore, ...selection.severities.keys()];
  return {
    rules,
    unknown: all.filter(
      (selector) => !catalogue.rules.some((rule) => covers(catalogue, selector, rule)),
    ),
  };
}

/** True when `selector` names the rule: its code or id, a prefix of its code, its group, or a preset it is in. */
export function covers(catalogue: Catalogue, selector: string, rule: Rule): boolean {
  if (selector === "all" || selector === rule.id) return true;
  const prefix = catalogue.groups.get(selector) ?? selector;
  if (/^[A-Za-z]{2,}\d*$/.test(prefix) && rule.code.toUpperCase().startsWith(prefix.toUpperCase()))
    return true;
  return (
    catalogue.presets
      .get(selector)
      ?.rules.some((inner) => inner !== selector && covers(catalogue, inner, rule)) ?? false
  );
}

/** The most specific entry wins: the code or id, then the longest prefix or group. */
function severityFor(
  catalogue: Catalogue,
  rule: Rule,
  severities: ReadonlyMap<string, Severity | "off">,
): Severity | "off" | undefined {
  const exact = severities.get(rule.code) ?? severities.get(rule.id);
  if (exact) return exact;
  const matching = [...severities.keys()].filter((selector) => covers(catalogue, selector, rule));
  const longest = matching.toSorted((a, b) => b.length - a.length)[0];
  return longest === undefined ? undefined : severities.get(longest);
}

import { groups } from "../../rules/groups.ts";
import { rules } from "../../rules/index.ts";
import { presets } from "../../rules/presets.ts";
import { analyze, type AnalyzeOptions } from "../../src/engine/analyze.ts";
import { selectRules, type Catalogue } from "../../src/engine/select.ts";
import type { Inventory } from "../../src/model/inventory.ts";
import type { Report } from "../../src/rule/report.ts";

export const catalogue: Catalogue = { rules, groups, presets };

/** The time at which tests judge, unless they say otherwise. */
export const testNow = new Date("2026-11-24T12:00:00Z");

export interface Asked extends Partial<Omit<AnalyzeOptions, "selected">> {
  readonly select?: readonly string[];
  readonly ignore?: readonly string[];
}

/** Runs rules over inventories with the options of a plain run. */
export function analyzed(
  inventories: readonly Inventory[],
  { select = [], ignore = [], ...options }: Asked = {},
): Report {
  const all = options.catalogue ?? catalogue;
  return analyze(inventories, {
    now: testNow,
    catalogue: all,
    selected: selectRules(all, { select, ignore, severities: new Map() }),
    suppressions: [],
    honourSuppressions: true,
    baseline: new Map(),
    ...options,
  });
}

import type { Inventory } from "../model/inventory.ts";
import { compare } from "../model/inventory.ts";
import { everyKind } from "../model/kinds.ts";
import { nameOf } from "../model/object.ts";
import { atLeastAsBad, severities, type Finding, type KnownFindings } from "../rule/finding.ts";
import type { Report, WorldReport } from "../rule/report.ts";
import type { Rule } from "../rule/rule.ts";
import { annotatedSuppressions } from "./annotations.ts";
import { causesOf } from "./causes.ts";
import { factTable } from "./facts.ts";
import { raised } from "./raise.ts";
import { runRule, type Draft, type RuleRun } from "./run.ts";
import type { Catalogue, Selected } from "./select.ts";
import { suppressor, type WrittenSuppression } from "./suppress.ts";
import type { Scene } from "./view.ts";

export interface AnalyzeOptions {
  readonly now: Date;
  readonly catalogue: Catalogue;
  readonly selected: Selected;
  /** From the configuration file; those on objects are read from the inventories. */
  readonly suppressions: readonly WrittenSuppression[];
  readonly honourSuppressions: boolean;
  /** Findings that are known and accepted, unless they have become worse. */
  readonly baseline: KnownFindings;
}

/** Runs every selected rule over every world. Pure: the same input gives the same report. */
export function analyze(inventories: readonly Inventory[], options: AnalyzeOptions): Report {
  const { now, selected } = options;
  const scenes = inventories.map((inventory) => ({
    inventory,
    facts: factTable(inventory),
    now,
    suppressions: [],
  }));
  const first = run(scenes, selected, (rule) => !rule.reads.includes("suppressions"));
  const written = options.honourSuppressions
    ? [...options.suppressions, ...inventories.flatMap(annotatedSuppressions)]
    : [];
  const ran = selected.rules.map(({ rule }) => rule);
  const suppress = suppressor(options.catalogue, ran, written, now);
  const findings = finish(first, suppress.accepts, options.baseline);
  // Suppressions belong to the run, not to a world: their rules look at the first one only.
  const about = scenes.slice(0, 1).map((scene) => ({ ...scene, suppressions: suppress.outcome() }));
  const second = run(about, selected, (rule) => rule.reads.includes("suppressions"));
  const set = selected.rules.flatMap(({ rule, severity }) => (severity ? [rule.code] : []));
  const found = [...findings, ...finish(second, () => false, options.baseline)];
  const all = raised(found, new Set(set)).map((one) => unlessWorse(one, options.baseline));
  return {
    now: now.toISOString().replace(".000Z", "Z"),
    worlds: inventories.map((inventory) => worldReport(inventory, [...first, ...second])),
    findings: all.toSorted(bySeverityAndPlace),
    crashes: [...first, ...second].flatMap(({ result }) => result.crashes),
    rules: ran.toSorted((a, b) => compare(a.code, b.code)),
  };
}

interface Ran {
  readonly world: string;
  readonly result: RuleRun;
}

function run(
  scenes: readonly Scene[],
  selected: Selected,
  include: (rule: Rule) => boolean,
): readonly Ran[] {
  const rules = selected.rules.filter(({ rule }) => include(rule));
  return scenes.flatMap((scene) =>
    rules.map(({ rule, severity }) => ({
      world: scene.inventory.world,
      result: runRule(rule, scene, severity),
    })),
  );
}

function finish(
  runs: readonly Ran[],
  suppressed: (draft: Draft) => boolean,
  baseline: KnownFindings,
): readonly Finding[] {
  const drafts = runs.flatMap(({ result }) => result.drafts);
  const causes = causesOf(drafts);
  return drafts.map((draft) => {
    const { affects: _affects, dependsOn: _dependsOn, follows: _follows, ...finding } = draft;
    const known = baseline.has(draft.fingerprint) ? "baseline" : undefined;
    return {
      ...finding,
      causes: causes.get(draft) ?? [],
      accepted: suppressed(draft) ? "suppressed" : known,
    };
  });
}

/** What a baseline lists as milder than it is now is not what was accepted. */
function unlessWorse(finding: Finding, baseline: KnownFindings): Finding {
  const before = baseline.get(finding.fingerprint) ?? finding.severity;
  const isWorse = !atLeastAsBad(before, finding.severity);
  return finding.accepted === "baseline" && isWorse ? { ...finding, accepted: undefined } : finding;
}

function worldReport(inventory: Inventory, runs: readonly Ran[]): WorldReport {
  const mine = runs.filter(({ world }) => world === inventory.world).map(({ result }) => result);
  return {
    name: inventory.world,
    objects: everyKind.reduce((sum, kind) => sum + inventory.all(kind).length, 0),
    coverage: {
      evaluated: mine.reduce((sum, { evaluated }) => sum + evaluated, 0),
      notEvaluated: mine.flatMap(({ gaps }) => gaps),
    },
  };
}

/** Findings about one text stand in its order. */
function offsetOf({ place }: Finding): number {
  return place?.inside && "offset" in place.inside ? place.inside.offset : 0;
}

function bySeverityAndPlace(a: Finding, b: Finding): number {
  return (
    severities.indexOf(a.severity) - severities.indexOf(b.severity) ||
    compare(a.code, b.code) ||
    compare(a.world, b.world) ||
    compare(nameOf(a.subject), nameOf(b.subject)) ||
    compare(a.place?.pointer ?? "", b.place?.pointer ?? "") ||
    offsetOf(a) - offsetOf(b) ||
    compare(a.fingerprint, b.fingerprint)
  );
}

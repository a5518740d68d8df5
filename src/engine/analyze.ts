import type { Inventory } from "../model/inventory.ts";
import { changesBetween } from "../model/changes.ts";
import { compare } from "../model/inventory.ts";
import { everyKind } from "../model/kinds.ts";
import { nameOf } from "../model/object.ts";
import { atLeastAsBad, severities, type Finding, type KnownFindings } from "../rule/finding.ts";
import type { Report, WorldReport } from "../rule/report.ts";
import type { Rule } from "../rule/rule.ts";
import { annotatedSuppressions, type Annotated } from "./annotations.ts";
import { causesOf } from "./causes.ts";
import { factTable, otherFacts, type FactTable } from "./facts.ts";
import { raised } from "./raise.ts";
import type { Draft } from "./draft.ts";
import { runRule, type RuleRun } from "./run.ts";
import type { Catalogue, Selected } from "./select.ts";
import { suppressor, type WrittenSuppression } from "./suppress.ts";

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

/** A report, and what the next one about the same worlds can be built on. */
export interface Analysis {
  readonly report: Report;
  readonly worlds: readonly WorldRun[];
}

interface WorldRun {
  readonly inventory: Inventory;
  readonly facts: FactTable;
  readonly runs: ReadonlyMap<Rule, RuleRun>;
  readonly annotated: Annotated;
}

/** Runs every selected rule over every world. Pure: the same input gives the same report. */
export function analyze(inventories: readonly Inventory[], options: AnalyzeOptions): Report {
  return analyzeWith(inventories, options, { keep: false, before: undefined }).report;
}

/**
 * The same report as `analyze` gives, for less work where an earlier analysis with the same options is at hand: what
 * rests on nothing that has changed since is taken over. Of the time that goes by, what is taken over hears nothing, so
 * from time to time `before` is to be left out.
 */
export function analyzeAgain(
  inventories: readonly Inventory[],
  options: AnalyzeOptions,
  before: Analysis | undefined,
): Analysis {
  return analyzeWith(inventories, options, { keep: true, before });
}

function analyzeWith(
  inventories: readonly Inventory[],
  options: AnalyzeOptions,
  { keep, before }: { readonly keep: boolean; readonly before: Analysis | undefined },
): Analysis {
  const { now, selected } = options;
  const rules = selected.rules.filter(({ rule }) => !isAboutTheRun(rule));
  const worlds = inventories.map((inventory, i) =>
    runWorld({ inventory, now, rules, keep, before: before?.worlds[i] }),
  );
  const first = worlds.flatMap(ranIn);
  const written = options.honourSuppressions
    ? [
        ...options.suppressions,
        ...worlds.flatMap(({ annotated }) => [...annotated.values()].flat()),
      ]
    : [];
  const ran = selected.rules.map(({ rule }) => rule);
  const suppress = suppressor(options.catalogue, ran, written, now);
  const findings = finish(first, suppress.accepts, options.baseline);
  // Suppressions belong to the run, not to a world: their rules look at the first one only.
  const second = worlds.slice(0, 1).flatMap(({ inventory, facts }) =>
    selected.rules
      .filter(({ rule }) => isAboutTheRun(rule))
      .map(({ rule, severity }) => {
        const scene = { inventory, facts, now, suppressions: suppress.outcome() };
        const result = runRule(rule, scene, { severity, keep: false, before: undefined });
        return { world: inventory.world, result };
      }),
  );
  const set = selected.rules.flatMap(({ rule, severity }) => (severity ? [rule.code] : []));
  const found = [...findings, ...finish(second, () => false, options.baseline)];
  const all = raised(found, new Set(set)).map((one) => unlessWorse(one, options.baseline));
  const report = {
    now: now.toISOString().replace(".000Z", "Z"),
    worlds: inventories.map((inventory) => worldReport(inventory, [...first, ...second])),
    findings: all.toSorted(bySeverityAndPlace),
    crashes: [...first, ...second].flatMap(({ result }) => result.crashes),
    rules: ran.toSorted((a, b) => compare(a.code, b.code)),
  };
  return { report, worlds };
}

/** Rules about suppressions run when the others have. */
function isAboutTheRun(rule: Rule): boolean {
  return rule.reads.includes("suppressions");
}

interface Ran {
  readonly world: string;
  readonly result: RuleRun;
}

function ranIn({ inventory, runs }: WorldRun): readonly Ran[] {
  return [...runs.values()].map((result) => ({ world: inventory.world, result }));
}

interface WorldToRun {
  readonly inventory: Inventory;
  readonly now: Date;
  readonly rules: Selected["rules"];
  readonly keep: boolean;
  readonly before: WorldRun | undefined;
}

function runWorld({ inventory, now, rules, keep, before }: WorldToRun): WorldRun {
  const changes = before && changesBetween(before.inventory, inventory);
  const old = before && changes && { ...before, changes };
  const facts = factTable(inventory, old && { derived: old.facts.derived, changes: old.changes });
  const scene = { inventory, facts, now, suppressions: [] };
  const isOtherFact = old && otherFacts(facts, old.facts);
  const runs = new Map(
    rules.map(({ rule, severity }) => {
      const last = old?.runs.get(rule);
      const runBefore = last &&
        old &&
        isOtherFact && { run: last, changes: old.changes, isOtherFact };
      return [rule, runRule(rule, scene, { severity, keep, before: runBefore })];
    }),
  );
  facts.forget();
  return { inventory, facts, runs, annotated: annotatedSuppressions(inventory, old) };
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

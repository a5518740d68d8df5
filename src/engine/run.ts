import { isAlike } from "../model/keep-alike.ts";
import type { Fact } from "../model/fact.ts";
import { isKind, type Kind } from "../model/kinds.ts";
import type { SubjectRef } from "../model/object.ts";
import { facts, isDerived, type FactName } from "../rule/facts.ts";
import type { Severity } from "../rule/finding.ts";
import type { Crash, Gap } from "../rule/report.ts";
import type { Rule } from "../rule/rule.ts";
import { distinct, type Draft } from "./draft.ts";
import { workerFor, type Check, type Listing, type Outcome } from "./judge-subject.ts";
import { isAsItWas, type Difference } from "./reads.ts";
import type { Scene } from "./view.ts";

export interface RuleRun {
  readonly drafts: readonly Draft[];
  readonly evaluated: number;
  readonly gaps: readonly Gap[];
  readonly crashes: readonly Crash[];
  /** Undefined where nobody wants it for the next run. */
  readonly kept: Kept | undefined;
}

/** What a run found out about each subject, and what that rests on. */
interface Kept {
  readonly listing: Listing;
  /** Of each subject, in the order of the list. */
  readonly checks: readonly Check[];
  readonly facts: readonly FactName[];
}

/** The same rule's run over the same world a moment ago. */
interface RunBefore extends Difference {
  readonly run: RuleRun;
}

/** How a rule is run: its severity where the user has set it, and whether the next run may build on this one. */
export interface Running {
  readonly severity: Severity | undefined;
  readonly keep: boolean;
  readonly before: RunBefore | undefined;
}

/**
 * Runs one rule over one world. Whatever the rule does, the result is a value. What an earlier run found out stands
 * where nothing that it looked at has changed, but for the time: that is for the caller to mind.
 */
export function runRule(rule: Rule, scene: Scene, running: Running): RuleRun {
  const { keep, before } = running;
  if (before && isUntouched(rule, before)) return before.run;
  const worker = workerFor(rule, scene, running);
  const had = before && standing(rule, before);
  const listing = had?.listing ?? worker.list(before?.run.kept?.listing.subjects);
  const known = had?.checksWith(listing);
  const checks = listing.subjects.map(
    (subject, i) => known?.(subject, i) ?? worker.check(subject, listing.missed),
  );
  return summed(listing, checks, keep);
}

function isUntouched(rule: Rule, { changes, run, isOtherFact }: RunBefore): boolean {
  const { kept } = run;
  return (
    kept !== undefined &&
    !kindsSeenBy(rule).some((kind) => changes.has(kind)) &&
    !kept.facts.some(isOtherFact)
  );
}

/** Kinds whose changes a rule must hear of, by namespace: its own, and those of facts that answer by namespace. */
function kindsSeenBy({ reads }: Rule): readonly Kind[] {
  return reads.flatMap((name): readonly Kind[] => {
    if (isKind(name)) return [name];
    const fact: Fact<unknown> | undefined = isDerived(name) ? facts[name] : undefined;
    return fact?.byNamespace ? fact.reads : [];
  });
}

/** What still stands of an earlier run. */
function standing(rule: Rule, before: RunBefore) {
  const { kept } = before.run;
  if (!kept) return undefined;
  const touched = new Set(
    kindsSeenBy(rule).flatMap((kind) => [...(before.changes.get(kind) ?? [])]),
  );
  const ifStanding = <T extends Outcome>(outcome: T | undefined) =>
    outcome && isAsItWas(outcome.reads, touched, before) ? outcome : undefined;
  return {
    listing: ifStanding(kept.listing),
    /** Gaps name what was missed while the subjects were listed. */
    checksWith: ({ missed }: Listing) => {
      if (!isAlike(kept.listing.missed, missed)) return undefined;
      const checkOf = checksBySubject(kept);
      return (subject: SubjectRef, i: number) => ifStanding(checkOf(subject, i));
    },
  };
}

/** Most subjects stand where they stood. */
function checksBySubject({ listing: { subjects }, checks }: Kept) {
  let moved: Map<SubjectRef, Check | undefined> | undefined;
  return (subject: SubjectRef, i: number): Check | undefined => {
    if (subjects[i] === subject) return checks[i];
    moved ??= new Map(subjects.map((one, k) => [one, checks[k]]));
    return moved.get(subject);
  };
}

function summed(listing: Listing, checks: readonly Check[], keep: boolean): RuleRun {
  const reads = new Set([listing.reads]);
  const drafts: Draft[] = [];
  const gaps = [...listing.gaps];
  const crashes = [...listing.crashes];
  let evaluated = 0;
  for (const check of checks) {
    reads.add(check.reads);
    if (check.evaluated) evaluated++;
    if (check.drafts.length > 0) drafts.push(...check.drafts);
    if (check.gaps.length > 0) gaps.push(...check.gaps);
    if (check.crashes.length > 0) crashes.push(...check.crashes);
  }
  const asked = [...new Set([...reads].flatMap((one) => one.facts))];
  const kept = keep ? { listing, checks, facts: asked } : undefined;
  return { drafts: distinct(drafts), evaluated, gaps, crashes, kept };
}

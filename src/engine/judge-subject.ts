import type { Knowledge } from "../model/inventory.ts";
import { keepAlike } from "../model/keep-alike.ts";
import type { Kind } from "../model/kinds.ts";
import { refOf, type SubjectRef } from "../model/object.ts";
import type { Severity } from "../rule/finding.ts";
import type { Crash, Gap } from "../rule/report.ts";
import { NotEvaluated, type Rule } from "../rule/rule.ts";
import { draftOf, makeFault, type Draft } from "./draft.ts";
import { recorder, type Reads } from "./reads.ts";
import { makeView, type Scene } from "./view.ts";

export interface Outcome {
  readonly gaps: readonly Gap[];
  readonly crashes: readonly Crash[];
  readonly reads: Reads;
}

export interface Listing extends Outcome {
  readonly subjects: readonly SubjectRef[];
  /** What was missed while the subjects were listed: they carry what they were made of. */
  readonly missed: ReadonlySet<Kind>;
}

export interface Check extends Outcome {
  readonly drafts: readonly Draft[];
  readonly evaluated: boolean;
}

/** Lists and judges the subjects of one rule, each with its gaps and crashes. */
export function workerFor(
  rule: Rule,
  scene: Scene,
  { severity, keep }: { readonly severity: Severity | undefined; readonly keep: boolean },
) {
  const { inventory } = scene;
  const { world } = inventory;
  const seen = recorder(inventory, keep);
  const view = makeView(scene, rule, seen);
  const knowledge = (kind: Kind) => inventory.knowledge(kind);

  /** True when the work was done, whatever it found. */
  const attempt = (
    subject: SubjectRef | undefined,
    missedBefore: ReadonlySet<Kind>,
    work: () => void,
  ) => {
    seen.begin();
    try {
      work();
      return { done: true, gaps: [], crashes: [] };
    } catch (thrown) {
      const known = thrown instanceof NotEvaluated;
      const why = known ? thrown.message : "the rule crashed";
      const rights = rightsFor(new Set([...missedBefore, ...seen.missed]), knowledge);
      return {
        done: false,
        gaps: [{ code: rule.code, subject, why, ...rights }],
        crashes: known ? [] : [crashOf(rule, world, subject, thrown)],
      };
    }
  };
  /** What was found out without kinds that could not be read is not all there is to say. */
  const blind = (subject: SubjectRef | undefined, states: readonly Knowledge["state"][]) =>
    [...seen.missed]
      .map(knowledge)
      .filter(({ state }) => states.includes(state))
      .map((known) => gapFor(rule, subject, known));

  return {
    /** Subjects that are like those of before are the very same. */
    list(before: readonly SubjectRef[] = []): Listing {
      let subjects: readonly SubjectRef[] = [];
      const { done, gaps, crashes } = attempt(undefined, new Set(), () => {
        subjects = keepAlike(before, [...rule.subjects(view)]);
      });
      return {
        subjects,
        missed: new Set(seen.missed),
        gaps: done ? blind(undefined, ["absent", "partial"]) : gaps,
        crashes,
        reads: seen.reads(),
      };
    },
    check(subject: SubjectRef, missedBefore: ReadonlySet<Kind>): Check {
      const ref = refOf(subject);
      const drafts: Draft[] = [];
      const { done, gaps, crashes } = attempt(ref, missedBefore, () => {
        for (const fault of rule.check(subject, view, makeFault))
          drafts.push(draftOf(rule, world, ref, fault, severity));
      });
      const unseen = done && drafts.length === 0 ? blind(ref, ["absent"]) : [];
      return {
        drafts,
        evaluated: done && unseen.length === 0,
        gaps: [...gaps, ...unseen],
        crashes,
        reads: seen.reads(),
      };
    },
  };
}

function gapFor(rule: Rule, subject: SubjectRef | undefined, knowledge: Knowledge): Gap {
  const why = knowledge.state === "complete" ? "" : knowledge.why;
  return { code: rule.code, subject, why, ...rbacOf(knowledge) };
}

function rbacOf(knowledge: Knowledge): { readonly rbac?: string } {
  return knowledge.state !== "complete" && knowledge.rbac !== undefined
    ? { rbac: knowledge.rbac }
    : {};
}

/** The rules of a ClusterRole with which the kinds that were missed could be read. */
function rightsFor(
  missed: ReadonlySet<Kind>,
  knowledge: (kind: Kind) => Knowledge,
): { readonly rbac?: string } {
  const rules = [...missed].flatMap((kind) => rbacOf(knowledge(kind)).rbac ?? []).toSorted();
  return rules.length === 0 ? {} : { rbac: rules.join(", ") };
}

function crashOf(
  rule: Rule,
  world: string,
  subject: SubjectRef | undefined,
  thrown: unknown,
): Crash {
  const error = thrown instanceof Error ? thrown : new Error(String(thrown));
  return { code: rule.code, world, subject, message: error.message, stack: error.stack ?? "" };
}

import type { Knowledge } from "../model/inventory.ts";
import type { Kind } from "../model/kinds.ts";
import type { SubjectRef } from "../model/object.ts";
import { nameOf, refOf } from "../model/object.ts";
import type { Severity, Topic } from "../rule/finding.ts";
import { atLeastAsBad, type Finding } from "../rule/finding.ts";
import { fill } from "../rule/message.ts";
import type { Crash, Gap } from "../rule/report.ts";
import { NotEvaluated, type Extra, type Fault, type Rule } from "../rule/rule.ts";
import { fingerprint } from "./fingerprint.ts";
import { makeView, type Scene } from "./view.ts";

/** A finding before it is known what it follows from. */
export interface Draft extends Omit<Finding, "causes" | "accepted"> {
  readonly affects: readonly Topic[];
  readonly dependsOn: readonly Topic[];
  readonly follows: readonly string[];
}

export interface RuleRun {
  readonly drafts: readonly Draft[];
  readonly evaluated: number;
  readonly gaps: readonly Gap[];
  readonly crashes: readonly Crash[];
}

/** Runs one rule over one world. Whatever the rule does, the result is a value. */
export function runRule(rule: Rule, scene: Scene, severity: Severity | undefined): RuleRun {
  const missed = new Set<Kind>();
  /** What was missed while the subjects were listed: they carry what they were made of. */
  const missedBySubjects = new Set<Kind>();
  const view = makeView(scene, rule, (kind) => missed.add(kind));
  const drafts: Draft[] = [];
  const gaps: Gap[] = [];
  const crashes: Crash[] = [];
  const { world } = scene.inventory;
  const knowledge = (kind: Kind) => scene.inventory.knowledge(kind);
  let evaluated = 0;

  /** True when the work was done, whatever it found. */
  const attempt = (subject: SubjectRef | undefined, work: () => void): boolean => {
    missed.clear();
    try {
      work();
      return true;
    } catch (thrown) {
      const known = thrown instanceof NotEvaluated;
      if (!known) crashes.push(crashOf(rule, world, subject, thrown));
      const why = known ? thrown.message : "the rule crashed";
      const rights = rightsFor(new Set([...missedBySubjects, ...missed]), knowledge);
      gaps.push({ code: rule.code, subject, why, ...rights });
      return false;
    }
  };
  /** What was found out without kinds that could not be read is not all there is to say. */
  const blind = (subject: SubjectRef | undefined, states: readonly Knowledge["state"][]) => {
    const kinds = [...missed].filter((kind) => states.includes(knowledge(kind).state));
    for (const kind of kinds) gaps.push(gapFor(rule, subject, knowledge(kind)));
    return kinds.length > 0;
  };

  let subjects: readonly SubjectRef[] = [];
  const listed = attempt(undefined, () => {
    subjects = [...rule.subjects(view)];
  });
  for (const kind of missed) missedBySubjects.add(kind);
  if (listed) blind(undefined, ["absent", "partial"]);
  for (const subject of subjects) {
    const ref = refOf(subject);
    const before = drafts.length;
    const done = attempt(ref, () => {
      for (const fault of rule.check(subject, view, makeFault))
        drafts.push(draftOf(rule, world, ref, fault, severity));
    });
    if (done && (drafts.length > before || !blind(ref, ["absent"]))) evaluated++;
  }
  return { drafts: distinct(drafts), evaluated, gaps, crashes };
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

function makeFault(
  messageId: string,
  place: Fault["place"],
  data: Fault["data"] = {},
  extra: Extra = {},
): Fault {
  return { messageId, place, data, extra };
}

function draftOf(
  rule: Rule,
  world: string,
  subjectOfCheck: SubjectRef,
  fault: Fault,
  override: Severity | undefined,
): Draft {
  const { messageId, place, extra } = fault;
  const subject = extra.subject ? refOf(extra.subject) : subjectOfCheck;
  const topic = nameOf(subject);
  return {
    code: rule.code,
    id: rule.id,
    severity: override ?? severityOf(rule, extra),
    world,
    subject,
    messageId,
    ...texts(rule, fault),
    place,
    related: extra.related ?? [],
    evidence: extra.evidence ?? [],
    handshakes: extra.handshakes ?? [],
    from: extra.from?.toISOString(),
    fingerprint: fingerprint({ code: rule.code, world, subject, messageId, place }),
    affects: [topic, ...(extra.affects ?? [])],
    dependsOn: extra.dependsOn ?? [topic],
    follows: rule.follows ?? [],
  };
}

function texts(
  rule: Rule,
  { messageId, data }: Fault,
): Pick<Finding, "message" | "consequence" | "remedy"> {
  const message = rule.messages[messageId];
  if (!message) throw new Error(`rule ${rule.code} has no message ${messageId}`);
  return {
    message: fill(message.says, data),
    consequence: fill(message.breaks ?? "", data),
    remedy: fill(message.fix ?? "", data),
  };
}

/** A finding may be milder than its rule, never worse. */
function severityOf(rule: Rule, { severity }: Extra): Severity {
  return severity && atLeastAsBad(rule.severity, severity) ? severity : rule.severity;
}

/** Several findings of one rule, object and path are told apart by their order, which is that of the sorted inventory. */
function distinct(drafts: readonly Draft[]): readonly Draft[] {
  const seen = new Map<string, number>();
  return drafts.map((draft) => {
    const count = seen.get(draft.fingerprint) ?? 0;
    seen.set(draft.fingerprint, count + 1);
    return count === 0
      ? draft
      : { ...draft, fingerprint: fingerprint({ ...draft, ordinal: count }) };
  });
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

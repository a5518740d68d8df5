import type { SubjectRef } from "../model/object.ts";
import { nameOf, refOf } from "../model/object.ts";
import type { Severity, Topic } from "../rule/finding.ts";
import { atLeastAsBad, type Finding } from "../rule/finding.ts";
import { fill } from "../rule/message.ts";
import type { Extra, Fault, Rule } from "../rule/rule.ts";
import { fingerprint } from "./fingerprint.ts";

/** A finding before it is known what it follows from. */
export interface Draft extends Omit<Finding, "causes" | "accepted"> {
  readonly affects: readonly Topic[];
  readonly dependsOn: readonly Topic[];
  readonly follows: readonly string[];
}

export function makeFault(
  messageId: string,
  place: Fault["place"],
  data: Fault["data"] = {},
  extra: Extra = {},
): Fault {
  return { messageId, place, data, extra };
}

export function draftOf(
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
export function distinct(drafts: readonly Draft[]): readonly Draft[] {
  const seen = new Map<string, number>();
  return drafts.map((draft) => {
    const count = seen.get(draft.fingerprint) ?? 0;
    seen.set(draft.fingerprint, count + 1);
    return count === 0
      ? draft
      : { ...draft, fingerprint: fingerprint({ ...draft, ordinal: count }) };
  });
}

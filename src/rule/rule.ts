import type { Environment } from "../model/environment.ts";
import type { Lookup } from "../model/inventory.ts";
import type { Kind } from "../model/kinds.ts";
import type { Known } from "../model/known.ts";
import type { KubeObject, SubjectRef } from "../model/object.ts";
import type { Place } from "../model/place.ts";
import type { FactName, FactTypes } from "./facts.ts";
import type { Related, Severity, Topic } from "./finding.ts";
import type { Data, Message, Slots } from "./message.ts";

/** What a rule may declare: kinds of objects, and facts derived from them. */
export type Read = Kind | FactName;

/** What a rule sees: the kinds and facts it declares, of one world, and nothing else. */
export interface View<Reads extends Read = Read> {
  readonly now: Date;
  readonly environment: Environment;
  /** True when any object of the world was read from an API server or a dump of one. */
  readonly hasObserved: boolean;
  all(kind: Reads & Kind): readonly KubeObject[];
  /** Those of one namespace: better than to look for them among all, for it is asked again less often. */
  within(kind: Reads & Kind, namespace: string): readonly KubeObject[];
  find(kind: Reads & Kind, namespace: string, name: string): KubeObject | undefined;
  lookup(kind: Reads & Kind, namespace: string, name: string): Lookup;
  /** The object; undefined when it is known not to exist. Else the subject is not evaluated. */
  expect(kind: Reads & Kind, namespace: string, name: string): KubeObject | undefined;
  /** True when an object of this kind that is not in the view is known not to exist. */
  complete(kind: Reads & Kind, namespace?: string): boolean;
  fact<F extends Reads & FactName>(name: F): FactTypes[F];
  /** The value; when it is unknown, the subject is not evaluated, with that reason. */
  need<T>(known: Known<T>): T;
  /** Ends the check of this subject: it is not evaluated, and the user is told why. */
  notEvaluated(why: string): never;
}

/** What a finding may carry besides its message. */
export interface Extra {
  /** Lower than the rule's own severity, where the consequence is smaller. */
  readonly severity?: Severity;
  /** The object the finding is about, where it is not the subject. */
  readonly subject?: SubjectRef;
  readonly related?: readonly Related[];
  readonly evidence?: readonly string[];
  /** The handshakes that the fault breaks, as `labelOf` names them. */
  readonly handshakes?: readonly string[];
  readonly from?: Date;
  /** What this fault touches; findings that depend on it follow from this one. Default: its subject. */
  readonly affects?: readonly Topic[];
  /** What this finding rests on. Default: its subject. */
  readonly dependsOn?: readonly Topic[];
}

/** One finding as a rule builds it; the engine adds rule, world, severity and fingerprint. */
export interface Fault {
  readonly messageId: string;
  readonly place: Place | undefined;
  readonly data: Readonly<Record<string, string | number>>;
  readonly extra: Extra;
}

type Messages = Readonly<Record<string, Message>>;

/** Builds one finding from a message of the rule; it reports nothing by itself. */
export type MakeFault<M extends Messages> = <Id extends keyof M & string>(
  message: Id,
  place: Place | undefined,
  ...rest: [Slots<M[Id]>] extends [never]
    ? [data?: Readonly<Record<string, never>>, extra?: Extra]
    : [data: Data<M[Id]>, extra?: Extra]
) => Fault;

export interface About {
  /** "KC204"; stable, never used again for another fault. Rules of third parties bring their own letters. */
  readonly code: string;
  /** Kebab case, and names the fault: it reads well after "allow". */
  readonly id: string;
  /** The fault in one line, for lists. */
  readonly summary: string;
  /** The worst it can be; a finding may be lower. */
  readonly severity: Severity;
  /** Release that brought the rule. */
  readonly since: string;
  /** Where the behaviour is written: source file, RFC section or page. Several are separated by "; ". */
  readonly citation: string;
  /** Component versions for which it holds; absent: all. */
  readonly holdsFor?: string;
  /** Codes of the rules whose faults can be the cause of this one. */
  readonly follows?: readonly string[];
}

/** A rule as its author writes it: it sees only what `reads` names and says only what `messages` holds. */
export interface RuleDefinition<
  Reads extends Read,
  M extends Messages,
  Subject extends SubjectRef,
> extends About {
  readonly reads: readonly Reads[];
  readonly messages: M;
  /** What the rule is asked about; nothing means that it does not apply. */
  subjects(view: View<Reads>): Iterable<Subject>;
  /** Pure: what it yields is wrong with the subject; when it yields nothing, the subject has passed. */
  check(subject: Subject, view: View<Reads>, fault: MakeFault<M>): Iterable<Fault>;
}

/** A rule as the engine runs it. */
export interface Rule extends About {
  readonly reads: readonly Read[];
  readonly messages: Messages;
  subjects(view: View): Iterable<SubjectRef>;
  check(
    subject: SubjectRef,
    view: View,
    fault: (
      message: string,
      place: Place | undefined,
      data?: Fault["data"],
      extra?: Extra,
    ) => Fault,
  ): Iterable<Fault>;
}

/** Types a rule; the engine hands `check` only subjects that `subjects` gave, and a view of what `reads` names. */
export function defineRule<
  const Reads extends Read,
  const M extends Messages,
  Subject extends SubjectRef,
>(definition: RuleDefinition<Reads, M, Subject>): Rule {
  return definition;
}

/** Thrown by `View.need`, `View.expect` and `View.notEvaluated`; the engine turns it into coverage. */
export class NotEvaluated extends Error {}

import type { Excerpt, Location } from "../model/location.ts";
import type { SubjectRef } from "../model/object.ts";
import type { Finding } from "./finding.ts";
import type { About } from "./rule.ts";

/** A rule and a subject that it could not be asked about. */
export interface Gap {
  readonly code: string;
  /** Undefined where not even the subjects could be told. */
  readonly subject: SubjectRef | undefined;
  readonly why: string;
  /** The RBAC rule that would mend it. */
  readonly rbac?: string;
}

/** How much was looked at: pairs of rule and subject; where a rule does not apply, there is no pair. */
export interface Coverage {
  readonly evaluated: number;
  readonly notEvaluated: readonly Gap[];
}

export function ratioOf(coverage: Coverage): number {
  const all = coverage.evaluated + coverage.notEvaluated.length;
  return all === 0 ? 1 : coverage.evaluated / all;
}

/** A rule that threw: a fault of the rule, never of the input. */
export interface Crash {
  readonly code: string;
  readonly world: string;
  readonly subject: SubjectRef | undefined;
  readonly message: string;
  readonly stack: string;
}

export interface WorldReport {
  /** "" where the input is one unnamed world. */
  readonly name: string;
  readonly objects: number;
  readonly coverage: Coverage;
}

/** Everything one run says. Plain data, sorted, the same for the same inventory, options and time. */
export interface Report {
  /** RFC 3339. */
  readonly now: string;
  readonly worlds: readonly WorldReport[];
  readonly findings: readonly Finding[];
  readonly crashes: readonly Crash[];
  /** The rules that ran. */
  readonly rules: readonly About[];
}

/** Another place that belongs to a finding; `location` is null where the object has no file, and `object` where it has. */
export interface RelatedLocation {
  readonly location: Location | null;
  readonly object: SubjectRef | null;
  readonly note: string;
}

/** A finding with its places turned into lines and columns; null where the object has no file. */
export interface LocatedFinding extends Finding {
  readonly location: Location | null;
  readonly excerpt: Excerpt | undefined;
  readonly relatedLocations: readonly RelatedLocation[];
}

export interface LocatedReport extends Omit<Report, "findings"> {
  readonly findings: readonly LocatedFinding[];
}

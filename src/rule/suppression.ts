import type { SubjectRef } from "../model/object.ts";
import type { Place } from "../model/place.ts";

/** A finding that the user has decided to live with. */
export interface Suppression {
  /** Code, id or code prefix of the rules it covers. */
  readonly rule: string;
  readonly kind: string | undefined;
  /** Globs; undefined covers everything. */
  readonly namespace: string | undefined;
  readonly name: string | undefined;
  readonly reason: string;
  /** The last moment at which it holds, RFC 3339; undefined: for ever. */
  readonly until: string | undefined;
  /** Where it is written. */
  readonly place: Place | undefined;
  /** The object that carries it as an annotation; undefined for one in the configuration file. */
  readonly object: SubjectRef | undefined;
  /** The world of that object; undefined: every world. */
  readonly world: string | undefined;
  /** How many findings it has covered in this run. */
  readonly covers: number;
  readonly expired: boolean;
  /** True when every rule it names has run, so that "unused" can be said. */
  readonly tested: boolean;
}

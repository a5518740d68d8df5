import type { Severity } from "./finding.ts";

/** A named set of rules, with severities of its own. */
export interface Preset {
  readonly name: string;
  readonly summary: string;
  /** Codes, ids, code prefixes, groups or other presets. */
  readonly rules: readonly string[];
  readonly severities: ReadonlyMap<string, Severity>;
}

import type { Explanation } from "../../model/issuance/explanation.ts";
import type { SubjectRef } from "../../model/object.ts";

/** What `explain KIND/NAME` prints. */
export interface ExplanationDocument {
  /** RFC 3339. */
  readonly now: string;
  readonly worlds: readonly ExplainedObject[];
}

export interface ExplainedObject {
  /** "" where the input is one unnamed world. */
  readonly world: string;
  readonly object: SubjectRef;
  readonly explanations: readonly Explanation[];
}

export interface ExplanationOptions {
  /** Columns of the terminal. */
  readonly width: number;
  readonly color: boolean;
}

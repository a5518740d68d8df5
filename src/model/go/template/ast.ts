/** What was found wrong with a template: Go rejects it too, or it lies outside the part of Go's language modelled here. */
export type TemplateProblem =
  | { readonly type: "invalid"; readonly message: string }
  | { readonly type: "unsupported"; readonly what: string };

export type Node =
  | { readonly type: "text"; readonly text: string }
  | { readonly type: "print"; readonly value: Expression }
  | {
      readonly type: "if";
      readonly branches: readonly Branch[];
      readonly otherwise: readonly Node[];
    };

export interface Branch {
  readonly condition: Expression;
  readonly body: readonly Node[];
}

export type Expression =
  | { readonly type: "literal"; readonly value: string | number | boolean }
  | { readonly type: "field"; readonly path: readonly string[] }
  | { readonly type: "call"; readonly name: string; readonly args: readonly Expression[] };

/** Thrown inside this folder only; `renderTemplate` turns it into a value. */
export class TemplateFault extends Error {
  readonly problem: TemplateProblem;
  constructor(problem: TemplateProblem) {
    super(problem.type === "invalid" ? problem.message : problem.what);
    this.problem = problem;
  }
}

export function invalid(message: string): TemplateFault {
  return new TemplateFault({ type: "invalid", message });
}

export function unsupported(what: string): TemplateFault {
  return new TemplateFault({ type: "unsupported", what });
}

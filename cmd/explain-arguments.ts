import { environmentOf, type EnvironmentArguments } from "./analysis-arguments.ts";
import { stateOf, type ConnectionArguments } from "./cluster-arguments.ts";
import { last, many, type Many } from "./many.ts";
import type { ExplainRequest } from "./request.ts";

interface ExplainArguments extends ConnectionArguments, EnvironmentArguments {
  readonly topic: string;
  readonly in: Many;
  readonly from: Many;
  readonly complete: boolean;
  readonly output: string;
  readonly color: string;
}

export function explainOf(args: ExplainArguments): ExplainRequest {
  return {
    command: "explain",
    topic: args.topic,
    namespace: args.allNamespaces === true ? undefined : last(args.namespace),
    paths: many(args.in),
    kustomizations: [],
    complete: args.complete,
    allowEmpty: false,
    ...stateOf({ ...args, readPrivateKeys: false }),
    environment: environmentOf(args),
    format: args.output === "json" ? "json" : "text",
    color: args.color === "always" || args.color === "never" ? args.color : "auto",
  };
}

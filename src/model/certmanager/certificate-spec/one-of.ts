import type { JsonObject } from "../../json.ts";
import type { SpecProblem } from "../../spec-problem.ts";

/** An enumeration of the CRD: the API server refuses other values. */
export function* oneOf(
  value: JsonObject,
  steps: readonly string[],
  key: string,
  allowed: readonly string[],
): Iterable<SpecProblem> {
  const found = value[key];
  if (found === undefined || found === null || found === "") return;
  if (typeof found !== "string" || !allowed.includes(found)) {
    yield {
      steps: [...steps, key],
      message: `${[...steps, key].join(".")} must be ${allowed.join(" or ")}`,
    };
  }
}

import { isObject, type Json } from "./json.ts";

/** Something in a spec that an API server or a webhook refuses or drops. */
export interface SpecProblem {
  /** Pointer steps from the object's root. */
  readonly steps: readonly (string | number)[];
  readonly message: string;
  /** True where the fault is the key itself, not its value. */
  readonly atKey?: boolean;
}

export type JsonType = "string" | "boolean" | "integer" | "list" | "object";

/** The problem of a value that is not of the type its schema asks for. */
export function typeProblem(value: Json, type: JsonType): string | undefined {
  return isOfType(value, type) ? undefined : `must be of type ${type === "list" ? "array" : type}`;
}

function isOfType(value: Json, type: JsonType): boolean {
  switch (type) {
    case "list":
      return Array.isArray(value);
    case "object":
      return isObject(value);
    case "integer":
      return typeof value === "number" && Number.isInteger(value);
    default:
      return typeof value === type;
  }
}

import type { Json } from "../../model/json.ts";
import type { Pointer } from "../../model/pointer.ts";
import { deepest } from "../yaml/node.ts";
import { duplicatesInJson } from "./duplicates.ts";

/** What JSON.parse makes of a text that begins with a brace; undefined where it is no JSON. */
export function readJson(
  text: string,
):
  | { readonly ok: true; readonly value: Json; readonly duplicates: readonly Pointer[] }
  | { readonly ok: false; readonly message: string; readonly offset: number }
  | undefined {
  if (!/^\s*\{/.test(text)) return undefined;
  let value: Json;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  const message = problemIn(value, 0);
  return message === undefined
    ? { ok: true, value, duplicates: duplicatesInJson(text, value) }
    : { ok: false, message, offset: 0 };
}

/** What encoding/json refuses and JSON.parse does not: too much nesting, and numbers that a float64 cannot hold. */
function problemIn(value: Json, depth: number): string | undefined {
  if (typeof value === "number") {
    return Number.isFinite(value) ? undefined : "a number is out of the range of a float64";
  }
  if (typeof value !== "object" || value === null) return undefined;
  if (depth > deepest) return "nested too deeply";
  for (const entry of Object.values(value)) {
    const problem = problemIn(entry, depth + 1);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

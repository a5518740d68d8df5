import type { Pointer } from "../../model/pointer.ts";
import { jsonBuilder } from "../yaml/builders.ts";
import { construct } from "../yaml/construct.ts";
import { parseFast } from "../yaml/fast.ts";
import { parseAsGo } from "../yaml/parse.ts";

/**
 * Entries written twice in one object, each once, of a text that JSON.parse takes: it says nothing of them, and the last
 * one counts.
 */
export function duplicatesInJson(text: string): readonly Pointer[] {
  const parsed = parseAsGo(text, parseFast, "json");
  return parsed.ok && parsed.root ? construct(parsed.root, jsonBuilder).duplicates : [];
}

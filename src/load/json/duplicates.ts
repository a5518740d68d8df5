import type { Json } from "../../model/json.ts";
import type { Pointer } from "../../model/pointer.ts";
import { jsonBuilder } from "../yaml/builders.ts";
import { construct } from "../yaml/construct.ts";
import { parseFast } from "../yaml/fast.ts";
import { parseAsGo } from "../yaml/parse.ts";

/** Entries written twice in one object, each once: JSON.parse says nothing of them, and the last one counts. */
export function duplicatesInJson(text: string, value: Json): readonly Pointer[] {
  if (keysWritten(text) === keysIn(value)) return [];
  const parsed = parseAsGo(text, parseFast, "json");
  return parsed.ok && parsed.root ? construct(parsed.root, jsonBuilder).duplicates : [];
}

/** In JSON, a string before a colon is a key, and nothing else is. */
function keysWritten(text: string): number {
  return text.match(/"(?:[^"\\]|\\.)*"\s*:/g)?.length ?? 0;
}

function keysIn(value: Json): number {
  if (typeof value !== "object" || value === null) return 0;
  const own = Array.isArray(value) ? 0 : Object.keys(value).length;
  return Object.values(value).reduce<number>((sum, entry) => sum + keysIn(entry), own);
}

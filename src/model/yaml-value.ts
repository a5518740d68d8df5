import { formatFloat32 } from "./go/strconv.ts";
import type { Json } from "./json.ts";

/**
 * YAML as sigs.k8s.io/yaml v1.6.0 types it (YAML 1.1, go.yaml.in/yaml/v2), before it becomes JSON.
 * Needed where Go decodes YAML into a struct with string fields: `name: 010` is the int 8 and then the string "8".
 */
export type YamlValue =
  | { readonly type: "null" }
  | { readonly type: "bool"; readonly value: boolean; readonly text?: string }
  | { readonly type: "int"; readonly value: bigint; readonly text?: string }
  | { readonly type: "float"; readonly value: number; readonly text?: string }
  | { readonly type: "string"; readonly value: string }
  | { readonly type: "list"; readonly items: readonly YamlValue[] }
  | { readonly type: "map"; readonly entries: readonly YamlEntry[] };

/** One entry of a mapping: merge keys are expanded, of duplicate keys only the winning one is left. */
export interface YamlEntry {
  /** The key as the JSON that Go makes of it spells it: `y: 1` has the key "true". */
  readonly key: string;
  readonly value: YamlValue;
}

/** A YAML document inside a string, such as `issuerRef: |` in a ConfigMap: decoded, or the reason why Go could not. */
export type Nested =
  | {
      readonly ok: true;
      readonly value: YamlValue;
      /** JSON pointers of entries written twice in one mapping; the last one wins, silently. */
      readonly duplicates: readonly string[];
    }
  | {
      readonly ok: false;
      readonly message: string;
      /** Where in the string reading stopped, in UTF-16 code units from its start. */
      readonly offset: number;
    };

/** The JSON of a value whose Go type holds strings only, such as a LabelSelector: every scalar becomes a string. */
export function toStringJson(value: YamlValue): Json {
  if (value.type === "list") return value.items.map(toStringJson);
  if (value.type === "map") {
    return Object.fromEntries(value.entries.map((entry) => [entry.key, toStringJson(entry.value)]));
  }
  return goString(value) ?? null;
}

/** The string that sigs.k8s.io/yaml makes of a scalar whose target is a string; undefined for null, lists and maps. */
export function goString(value: YamlValue): string | undefined {
  if (value.type === "null" || value.type === "list" || value.type === "map") return undefined;
  return value.type === "float" ? formatFloat32(value.value) : String(value.value);
}

/**
 * The entry that encoding/json stores into the struct field `name`: keys match in any case, and of several the last
 * one wins in the sorted order in which json.Marshal wrote them, so the exact lower-case name comes last.
 */
export function structField(entries: readonly YamlEntry[], name: string): YamlEntry | undefined {
  return entries
    .filter(({ key, value }) => key.toLowerCase() === name.toLowerCase() && value.type !== "null")
    .toSorted((a, b) => (a.key < b.key ? -1 : 1))
    .at(-1);
}

/** The word that encoding/json uses for a value in its errors. */
export function jsonType(value: YamlValue): string {
  if (value.type === "map") return "object";
  if (value.type === "list") return "array";
  return value.type === "int" || value.type === "float" ? "number" : value.type;
}

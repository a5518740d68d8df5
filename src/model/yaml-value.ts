/**
 * YAML as sigs.k8s.io/yaml v1.6.0 types it (YAML 1.1, go.yaml.in/yaml/v2), before it becomes JSON.
 * Needed where Go decodes YAML into a struct with string fields: `name: 010` is the int 8 and then the string "8".
 */
export type YamlValue =
  | { readonly type: "null" }
  | { readonly type: "bool"; readonly value: boolean }
  | { readonly type: "int"; readonly value: bigint }
  | { readonly type: "float"; readonly value: number }
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

import type { Inside } from "../place.ts";
import { pointer } from "../pointer.ts";
import {
  goString,
  jsonType,
  structField,
  type Nested,
  type YamlEntry,
  type YamlValue,
} from "../yaml-value.ts";

/** cert-manager's ObjectReference as Knative's configuration holds it. */
export interface ReferenceTarget {
  readonly name: string;
  readonly kind: string;
  readonly group: string;
}

/** What every reference starts from (serving pkg/reconciler/certificate/config/cert_manager.go knativeSelfSignedIssuer). */
export const defaultReference: ReferenceTarget = {
  name: "knative-selfsigned-issuer",
  kind: "ClusterIssuer",
  group: "",
};

const fieldNames = ["name", "kind", "group"] as const;
type FieldName = (typeof fieldNames)[number];

/** A field that the written value sets. */
interface WrittenField {
  /** The key as written: Go accepts `Name` and `NAME` too. */
  readonly spelled: string;
  /** The string that Go makes of it: `yes` is "true", `010` is "8". */
  readonly value: string;
  /** The value before that. */
  readonly written: YamlValue;
}

export interface DecodedReference {
  readonly target: ReferenceTarget;
  readonly fields: { readonly [Name in FieldName]?: WrittenField };
  /** Keys that ObjectReference does not have; encoding/json passes over them in silence. */
  readonly ignored: readonly string[];
  /** Pointers of keys written twice; the last one wins, in silence. */
  readonly duplicates: readonly string[];
}

export interface DecodeError {
  readonly message: string;
  /** The culprit inside the string, where it can be named. */
  readonly inside: Inside | undefined;
}

/**
 * Decodes a reference as sigs.k8s.io/yaml.Unmarshal does on top of the default: what the value does not set keeps the
 * default, null sets nothing, numbers and booleans become strings, keys match in any case.
 * Source: sigs.k8s.io/yaml yaml.go convertToJSONableObject, encoding/json, serving config/cert_manager.go.
 */
export function decodeReference(nested: Nested): DecodedReference | DecodeError {
  if (!nested.ok) {
    return {
      message: `error converting YAML to JSON: ${nested.message}`,
      inside: { offset: nested.offset, length: 1 },
    };
  }
  if (nested.value.type === "null")
    return { target: defaultReference, fields: {}, ignored: [], duplicates: [] };
  if (nested.value.type !== "map") {
    return {
      message: `json: cannot unmarshal ${jsonType(nested.value)} into Go value of type v1.ObjectReference`,
      inside: { pointer: "", part: "value" },
    };
  }
  return decodeFields(nested.value.entries, nested.duplicates);
}

export function isDecodeError(decoded: DecodedReference | DecodeError): decoded is DecodeError {
  return "message" in decoded;
}

function decodeFields(
  entries: readonly YamlEntry[],
  duplicates: readonly string[],
): DecodedReference | DecodeError {
  const fields: { [Name in FieldName]?: WrittenField } = {};
  for (const name of fieldNames) {
    const entry = structField(entries, name);
    if (!entry) continue;
    const value = goString(entry.value);
    if (value === undefined) {
      return {
        message: `json: cannot unmarshal ${jsonType(entry.value)} into Go struct field ObjectReference.${name} of type string`,
        inside: { pointer: pointer(entry.key), part: "value" },
      };
    }
    fields[name] = { spelled: entry.key, value, written: entry.value };
  }
  const target = {
    name: fields.name?.value ?? defaultReference.name,
    kind: fields.kind?.value ?? defaultReference.kind,
    group: fields.group?.value ?? defaultReference.group,
  };
  const ignored = entries
    .map(({ key }) => key)
    .filter((key) => !fieldNames.some((name) => name === key.toLowerCase()));
  return { target, fields, ignored, duplicates };
}

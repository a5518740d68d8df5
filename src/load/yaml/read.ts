import type { Json } from "../../model/json.ts";
import type { Pointer } from "../../model/pointer.ts";
import type { Nested } from "../../model/yaml-value.ts";
import { readJson } from "../json/read.ts";
import { jsonBuilder, typedBuilder } from "./builders.ts";
import { construct, type Builder } from "./construct.ts";
import { parseFast } from "./fast.ts";
import { Fault, type Node, type Parser } from "./node.ts";
import { parseAsGo } from "./parse.ts";

export type ReadResult =
  | {
      readonly ok: true;
      /** Undefined where the text holds no document, or an empty one. */
      readonly value: Json | undefined;
      /** Of entries written twice in one mapping, each once; the last one counts. */
      readonly duplicates: readonly Pointer[];
      /** Where kubectl stops reading without a word, although there is more: the root ended before the text did. */
      readonly ignoredFrom?: number;
    }
  | {
      readonly ok: false;
      readonly message: string;
      /** Where reading stopped, in UTF-16 code units from the start of the text. */
      readonly offset: number;
    };

/**
 * The first document of a text as kubectl reads it: a text that begins with a brace as JSON, or else like every other
 * as sigs.k8s.io/yaml v1.6.0 does (k8s.io/apimachinery pkg/util/yaml, YAMLOrJSONDecoder).
 */
export function readDocument(text: string): ReadResult {
  return readDocumentWith(text, parseFast);
}

export function readDocumentWith(text: string, parser: Parser): ReadResult {
  const json = readJson(text);
  if (json) return json;
  return readYaml(withLastBreak(text), parser, jsonBuilder);
}

/** kubectl ends every line, the last one too, with a line feed (LineReader), before YAML is read. */
export function withLastBreak(text: string): string {
  return /[\r\n]$/.test(text) ? text : `${text}\n`;
}

/**
 * YAML in a string, such as the value of `issuerRef: |` in a ConfigMap, as a Go program decodes it with
 * sigs.k8s.io/yaml. A string without a document is null.
 */
export function decodeNested(text: string): Nested {
  return decodeNestedWith(text, parseFast);
}

export function decodeNestedWith(text: string, parser: Parser): Nested {
  const read = readYaml(text, parser, typedBuilder);
  if (!read.ok) return read;
  const { value = { type: "null" }, duplicates } = read;
  return { ok: true, value, duplicates };
}

type Read<Value> =
  | {
      readonly ok: true;
      readonly value: Value | undefined;
      readonly duplicates: readonly Pointer[];
      readonly ignoredFrom?: number;
    }
  | Extract<ReadResult, { ok: false }>;

function readYaml<Value, Entries>(
  text: string,
  parser: Parser,
  builder: Builder<Value, Entries>,
): Read<Value> {
  const parsed = parseAsGo(text, parser, "yaml");
  if (!parsed.ok) return { ok: false, message: parsed.message, offset: parsed.offset };
  const ignored = parsed.end === undefined ? {} : { ignoredFrom: parsed.end };
  if (!parsed.root || isNothing(parsed.root))
    return { ok: true, value: undefined, duplicates: [], ...ignored };
  try {
    return { ok: true, ...construct(parsed.root, builder), ...ignored };
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return { ok: false, message: error.message, offset: error.offset };
  }
}

/** A document with a marker and nothing else. */
function isNothing(root: Node): boolean {
  return root.kind === "scalar" && root.start < 0 && root.tag === undefined;
}

import { isMap, isSeq, parseDocument, stringify, type Document, type Range } from "yaml";
import { canonical, type Json } from "../model/json.ts";

export interface NewSuppression {
  readonly rule: string;
  readonly kind: string;
  /** "" for objects without a namespace. */
  readonly namespace: string;
  readonly name: string;
  readonly reason: string;
}

/**
 * The text of a configuration file with one suppression more, all else as it was written, comments too; undefined where
 * the file cannot be read or would come to mean something else.
 */
export function withSuppression(text: string, suppression: NewSuppression): string | undefined {
  const document = parseDocument(text);
  const listed = listedIn(document);
  if (listed === undefined) return undefined;
  const { namespace, ...rest } = suppression;
  const entry = namespace === "" ? rest : { ...rest, namespace };
  const all = [...listed, entry];
  const wanted = canonical(asJson({ ...document.toJS(), suppress: all }));
  const inserted = insert(text, document.contents, entry);
  if (inserted !== undefined && meaning(inserted) === wanted) return inserted;
  document.set("suppress", document.createNode(all));
  const rewritten = document.toString({ lineWidth: 0 });
  return meaning(rewritten) === wanted ? rewritten : undefined;
}

/** The suppressions so far; undefined where there is something else in their place. */
function listedIn(document: Document.Parsed): readonly unknown[] | undefined {
  const content: unknown = document.errors.length > 0 ? undefined : (document.toJS() ?? {});
  if (typeof content !== "object" || content === null || Array.isArray(content)) return undefined;
  const listed: unknown = "suppress" in content ? (content.suppress ?? []) : [];
  return Array.isArray(listed) ? listed : undefined;
}

/** Puts a new list at the end, or the entry into the list; undefined where the file has another style. */
function insert(text: string, contents: unknown, entry: object): string | undefined {
  const whole = text === "" || text.endsWith("\n") ? text : `${text}\n`;
  if (contents === null) return `${whole}suppress:\n${item(entry, 2)}`;
  if (!isMap(contents) || contents.flow) return undefined;
  const list: unknown = contents.get("suppress", true);
  if (list === undefined) return `${whole}suppress:\n${item(entry, 2)}`;
  const isBlock = isSeq(list) && !list.flow && list.items.length > 0;
  return isBlock && list.range ? below(whole, list.range, entry) : undefined;
}

/** Puts the entry below the last one of a list, above blank lines. */
function below(text: string, [start, end]: Range, entry: object): string {
  const indent = start - (text.lastIndexOf("\n", start) + 1);
  const lineStart = text.lastIndexOf("\n", end - 1) + 1;
  const lineEnd = lineStart < end ? text.indexOf("\n", end - 1) + 1 : lineStart;
  const above = text.slice(0, lineEnd).replace(/\n(?:[ \t]*\n)+$/, "\n");
  return above + item(entry, indent) + text.slice(above.length);
}

function item(entry: object, indent: number): string {
  return stringify([entry], { lineWidth: 0 })
    .trimEnd()
    .split("\n")
    .map((line) => `${" ".repeat(indent)}${line}\n`)
    .join("");
}

function meaning(text: string): string | undefined {
  const document = parseDocument(text);
  return document.errors.length > 0 ? undefined : canonical(asJson(document.toJS() ?? {}));
}

function asJson(value: unknown): Json {
  return JSON.parse(JSON.stringify(value));
}

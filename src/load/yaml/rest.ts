import { isBlock, type Node } from "./node.ts";
import { behindQuote } from "./quotes.ts";

/**
 * go-yaml stops where the root node of a document ends, and never sees what follows; only the first token behind it is
 * scanned (parserc.go, yaml_parser_parse_document_end). So text behind the root is ignored, unless it is indented like
 * the root's own entries or begins with something that is no token here.
 */
export function isIgnored(shape: string, root: Node, offset: number): boolean {
  const lineStart = shape.lastIndexOf("\n", offset - 1) + 1;
  const block = (root.kind === "map" || root.kind === "list") && !root.flow;
  if (block && offset - lineStart >= columnOf(shape, root.start)) return false;
  if (root.start < 0) return false;
  const ownLine = /^[ ]*$/.test(shape.slice(lineStart, offset));
  if (root.kind === "scalar" && isBlock(root.style) && (!ownLine || root.indent < 0)) return false;
  const more = shape.slice(offset);
  if (!ownLine && couldBeKey(shape.slice(root.start, offset), more)) return false;
  return isToken(more, ownLine, offset === lineStart);
}

function columnOf(shape: string, offset: number): number {
  const lineStart = shape.lastIndexOf("\n", offset - 1) + 1;
  return shape.slice(lineStart).search(/[^ ]/);
}

/** With a colon further on, the root may be a part of a key; go-yaml refuses most of such texts, we do all. */
function couldBeKey(root: string, more: string): boolean {
  return (root.includes("\n") || /^[^[\]{},]/.test(more)) && /:(?:\s|$)/.test(more);
}

const directiveLine =
  /^%(?:YAML[ \t]+\d{1,2}\.\d{1,2}|TAG[ \t]+!(?:[\w-]*!)?[ \t]+\S+)[ \t]*(?:#.*)?$/m;
const blockHeader = /^[|>](?:[-+][1-9]?|[1-9][-+]?)?[ \t]*(?:#.*)?(?:\r?\n|$)/;
const name = /^[&*][\w-]+(?:[\s?:,\]}%@`]|$)/;

/** Characters that begin a token only under a condition. */
const conditions: Readonly<Record<string, (text: string, firstColumn: boolean) => boolean>> = {
  "%": (text, firstColumn) => firstColumn && directiveLine.exec(text)?.index === 0,
  // A comment, for which the lenient shape is made.
  "#": () => false,
  "@": () => false,
  "`": () => false,
  '"': (text) => behindQuote(text, 0) !== undefined,
  "'": (text) => behindQuote(text, 0) !== undefined,
  "|": (text) => blockHeader.test(text),
  ">": (text) => blockHeader.test(text),
  "&": (text) => name.test(text),
  "*": (text) => name.test(text),
};

function isToken(text: string, ownLine: boolean, firstColumn: boolean): boolean {
  if (/^[-?:](?:\s|$)/.test(text)) return ownLine;
  return conditions[text.charAt(0)]?.(text, firstColumn) ?? true;
}

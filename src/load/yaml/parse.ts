import { firstDocument } from "./documents.ts";
import { lenientShape } from "./lenient-shape.ts";
import { Fault, type Dialect, type Node, type Parsed, type Parser } from "./node.ts";
import { checkText, checkTree } from "./refused.ts";
import { isIgnored } from "./rest.ts";
import { shapeOf } from "./shape.ts";

/**
 * Parses the first document of a text as go-yaml would, with a parser for YAML 1.2. Of JSON nothing needs to be checked,
 * and its lines and their indentation mean nothing.
 */
export function parseAsGo(text: string, parser: Parser, dialect: Dialect): Parsed {
  if (dialect === "json") return parser(text.replaceAll(/\s/g, " "), text, dialect);
  const source = firstDocument(text);
  const shape = shapeOf(source);
  const parsed = parseShape(shape, shape, source, parser);
  if (parsed.ok) return parsed;
  const lenient = lenientShape(shape);
  if (lenient === shape) return parsed;
  const again = parseShape(lenient, shape, source, parser);
  return again.ok ? again : parsed;
}

function parseShape(tried: string, shape: string, source: string, parser: Parser): Parsed {
  try {
    checkText(shape);
    const parsed = parseRoot(tried, source, parser);
    if (parsed.ok) checkTree(shape.slice(0, parsed.end), parsed.root);
    return parsed;
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return { ok: false, message: error.message, offset: error.offset, pastRoot: false };
  }
}

function parseRoot(shape: string, source: string, parser: Parser): Parsed {
  const parsed = parser(shape, source, "yaml");
  if (parsed.ok || !parsed.pastRoot) return parsed;
  const { offset } = parsed;
  const first = parser(shape.slice(0, offset), source.slice(0, offset), "yaml");
  if (!first.ok || !first.root) return parsed;
  const unindented = unindent(shape, first.root);
  if (unindented !== shape) return parseRoot(unindented, source, parser);
  return isIgnored(shape, first.root, offset) ? { ...first, end: offset } : parsed;
}

/**
 * A plain scalar as the whole document goes on in any column, however far its first line is indented; and what follows
 * a tag or an anchor may stand left of it.
 */
function unindent(shape: string, root: Node): string {
  const start = root.start < 0 ? firstToken(shape) : root.start;
  if (root.kind !== "scalar" || root.style !== "plain") return shape;
  const lineStart = shape.lastIndexOf("\n", start - 1) + 1;
  const [indent = ""] = /^ *(?=(?:[&!]\S*[ \t]+)*$)/.exec(shape.slice(lineStart, start)) ?? [];
  if (indent === "") return shape;
  const line = shape.slice(lineStart + indent.length);
  return shape.slice(0, lineStart) + "\n".repeat(indent.length) + line.replace(marker, "xxx");
}

/** In the first column it would begin or end a document. */
const marker = /^(?:---|\.\.\.)(?=\s|$)/;
const beforeContent = /^(?:(?:---(?=\s))?[ \t]*(?:#.*)?\n)*[ \t]*/;

function firstToken(shape: string): number {
  return beforeContent.exec(shape)?.[0].length ?? 0;
}

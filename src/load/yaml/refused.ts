import { endOf } from "./extent.ts";
import {
  Fault,
  isBlock,
  isQuoted,
  type CollectionNode,
  type Node,
  type ScalarNode,
} from "./node.ts";
import { checkTabs } from "./tabs.ts";

/** readerc.go, yaml_parser_update_buffer. */
const control = /(?![\t\n\r\u0085])[\p{Cc}\uFFFE\uFFFF]/u;
/** What may stand before a document's marker: blank lines, comments, and the one version and the handles Go knows. */
const prologue =
  /^(?:[ \t]*(?:#.*)?\r?\n|%YAML[ \t]+1\.1[ \t]*(?:#.*)?\r?\n|%TAG[ \t]+!(?:[\w-]*!)?[ \t]+\S+[ \t]*(?:#.*)?\r?\n)*/;

/** Throws a Fault for what go-yaml (YAML 1.1, and stricter) refuses, but a parser for YAML 1.2 takes. */
export function checkText(shape: string): void {
  const found = control.exec(shape);
  if (found) throw new Fault("control characters are not allowed", found.index);
  const start = prologue.exec(shape)?.[0].length ?? 0;
  if (shape[start] === "%") throw new Fault("found a directive that is not for YAML 1.1", start);
  if (/^\.\.\.(?=\s|$)/.test(shape.slice(start, start + 4))) {
    throw new Fault("did not find expected node content", start);
  }
}

/** The same, of what a parser found in the text. */
export function checkTree(shape: string, root: Node | undefined): void {
  if (root) {
    checkRootBlock(shape, root);
    walk(shape, root, false);
  }
  if (shape.includes("\t")) checkTabs(shape, root);
}

/** Where a whole document is one block scalar, the libraries count its indentation in another way than go-yaml. */
function checkRootBlock(shape: string, root: Node): void {
  if (root.kind !== "scalar" || !isBlock(root.style)) return;
  const header = shape.slice(shape.lastIndexOf("\n", root.start - 2) + 1, root.start);
  if (root.indent === 0 || /[|>][-+]?\d/.test(header)) {
    throw new Fault(
      "a block scalar that is a whole document must be indented, without a number",
      root.start,
    );
  }
}

function walk(shape: string, node: Node, inFlow: boolean): void {
  if (node.kind === "alias") return;
  if (node.kind === "scalar") {
    if (inFlow && node.style === "plain") checkFlowPlain(shape, node);
    return;
  }
  for (const [index, item] of node.items.entries()) {
    if (node.kind === "map") {
      if (index % 2 === 0) checkKey(shape, item, node);
      else checkCompact(shape, node.items[index - 1], item);
    }
    walk(shape, item, inFlow || node.flow);
  }
}

/** In a flow collection a question mark begins a key wherever it stands, and a colon needs white space behind it. */
function checkFlowPlain(shape: string, { start, end, text }: ScalarNode): void {
  if (start < 0) return;
  if (text.includes("?")) throw new Fault("a ? in a flow collection needs quotes", start);
  if (text.startsWith(":")) throw new Fault("did not find expected node content", start);
  if (shape[end] === ":" && "[]{},".includes(shape[end + 1] ?? " ")) {
    throw new Fault("a : in a flow collection needs white space behind it", end);
  }
}

/** A block collection does not begin in the line of the key whose value it is. */
function checkCompact(shape: string, key: Node | undefined, value: Node): void {
  if (!key || key.start < 0 || (value.kind !== "map" && value.kind !== "list") || value.flow)
    return;
  if (shape.slice(key.start, value.start).includes("\n")) return;
  throw new Fault("mapping values are not allowed in this context", value.start);
}

/** The longest distance from the start of a key to its colon (scannerc.go, yaml_simple_key_is_valid). */
const longestKey = 1024;
const blanks = /(?:[ \t\r\n]|#[^\n]*)*/y;

/** A key without a question mark stands in one line with its colon, and not too far from it. */
function checkKey(shape: string, key: Node, map: CollectionNode): void {
  const end = endOf(shape, key);
  if (end === undefined) return;
  blanks.lastIndex = end;
  blanks.test(shape);
  const colon = blanks.lastIndex;
  if (shape[colon] !== ":") return checkEntry(shape, colon, map);
  if (colon - key.start <= longestKey && !shape.slice(key.start, colon).includes("\n")) return;
  if (!isExplicit(shape, key)) throw new Fault("could not find expected ':'", key.start);
  if (!map.flow && columnOf(shape, colon) > columnOf(shape, map.start)) {
    throw new Fault("did not find expected key", colon);
  }
}

/** Behind a key that has no value comes the next key, in the same column, or the map is at its end. */
function checkEntry(shape: string, next: number, map: CollectionNode): void {
  if (map.flow || next >= shape.length) return;
  const behind = columnOf(shape, next) - columnOf(shape, map.start);
  if (behind > 0 || (behind === 0 && /^-(?:\s|$)/.test(shape.slice(next, next + 2)))) {
    throw new Fault("did not find expected key", next);
  }
}

function isExplicit(shape: string, key: Node): boolean {
  if (key.kind === "scalar" && isBlock(key.style)) return true;
  const quoted = key.kind === "scalar" && isQuoted(key.style);
  const before = shape.slice(Math.max(0, key.start - longestKey), key.start - (quoted ? 1 : 0));
  return /(?:^|[\s,{[])\?\s+(?:[&!]\S*\s+)*$/.test(before);
}

function columnOf(shape: string, offset: number): number {
  return offset - (shape.lastIndexOf("\n", offset - 1) + 1);
}

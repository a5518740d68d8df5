import {
  isAlias,
  isCollection,
  isMap,
  isPair,
  isScalar,
  Composer,
  CST,
  Parser,
  type Scalar,
  type YAMLMap,
  type YAMLSeq,
} from "yaml";
import { aliasTo, checkName, type Anchors } from "./alias.ts";
import {
  deepest,
  Fault,
  isBlock,
  nothingWritten,
  type AliasNode,
  type CollectionNode,
  type Dialect,
  type Node,
  type Parsed,
  type ScalarNode,
  type Written,
} from "./node.ts";
import { textOf } from "./pieces.ts";
import { checkTag } from "./tags.ts";
import { writtenOf } from "./reference-scalar.ts";

/** Reads one document with `yaml`: slower than the fast parser, and written by somebody else. */
export function parseReference(shape: string, source: string, dialect: Dialect): Parsed {
  try {
    const tokens = [...new Parser().parse(shape)];
    checkDepth(tokens);
    const [document] = new Composer(options).compose(tokens, true, shape.length);
    const [error] = document?.errors.toSorted((a, b) => a.pos[0] - b.pos[0]) ?? [];
    if (error) return refused(error.message, error.pos[0], error.code === "UNEXPECTED_TOKEN");
    checkTags(tokens, shape);
    const root: unknown = document?.contents;
    const texts = { shape, source, dialect, anchors: new Map() };
    return { ok: true, root: root ? nodeOf(root, texts) : undefined };
  } catch (fault) {
    if (!(fault instanceof Fault)) throw fault;
    return refused(fault.message, fault.offset, false);
  }
}

const options = {
  version: "1.2",
  schema: "failsafe",
  resolveKnownTags: false,
  strict: true,
  uniqueKeys: false,
  keepSourceTokens: true,
  prettyErrors: false,
  logLevel: "silent",
} as const;

function refused(message: string, offset: number, pastRoot: boolean): Parsed {
  return { ok: false, message, offset, pastRoot };
}

/** `yaml` composes with one call inside another; at the end of the stack that could take the whole process down. */
function checkDepth(tokens: readonly CST.Token[]): void {
  let level = tokens;
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > deepest) throw new Fault("nested too deeply", 0);
    level = level.flatMap(childrenOf);
  }
}

function childrenOf(token: CST.Token): readonly CST.Token[] {
  if (token.type === "document") return token.value ? [token.value] : [];
  if (!("items" in token)) return [];
  return token.items.flatMap(({ key, value }) => [key, value].filter((child) => !!child));
}

function checkTags(tokens: readonly CST.Token[], shape: string): void {
  if (!shape.includes("!")) return;
  for (const token of tokens) {
    if (token.type !== "document") continue;
    CST.visit(token, ({ start, sep }) => {
      for (const { type, offset, source } of [...start, ...(sep ?? [])]) {
        if (type === "tag") checkTag(shape, offset, offset + source.length);
      }
    });
  }
}

interface Texts {
  readonly shape: string;
  readonly source: string;
  readonly dialect: Dialect;
  readonly anchors: Anchors;
}

function nodeOf(node: unknown, texts: Texts): Node {
  if (isScalar(node)) return scalarOf(node, texts);
  if (isAlias(node)) return aliasTo(texts.anchors, node.source, node.range?.[0] ?? 0);
  if (isCollection(node)) return collectionOf(node, texts);
  return { kind: "scalar", text: "", ...nothingWritten, tag: undefined, anchor: undefined };
}

function collectionOf(node: YAMLMap | YAMLSeq, texts: Texts): Node {
  const items: Node[] = [];
  const collection: CollectionNode = {
    kind: isMap(node) ? "map" : "list",
    flow: node.flow ?? false,
    anchor: node.anchor,
    start: startOf(node),
    items,
  };
  define(collection, texts);
  for (const item of node.items) {
    for (const child of isPair(item) ? [item.key, item.value] : [item]) {
      items.push(nodeOf(child, texts));
    }
  }
  return collection;
}

/** Of the first key with its anchor, tag or question mark, of the first dash, or of the bracket. */
function startOf(node: YAMLMap | YAMLSeq): number {
  const [first]: readonly unknown[] = node.items;
  const start = node.range?.[0] ?? 0;
  if (!isPair(first) || (node.flow && node.srcToken)) return start;
  const before = first.srcToken?.start ?? [];
  const types = node.flow ? ["anchor", "tag"] : ["anchor", "tag", "explicit-key-ind"];
  return before.find(({ type }) => types.includes(type))?.offset ?? start;
}

function define(node: Exclude<Node, AliasNode>, { anchors }: Texts): void {
  if (node.anchor === undefined) return;
  checkName(node.anchor, Math.max(0, node.start));
  anchors.set(node.anchor, node);
}

function scalarOf(scalar: Scalar, texts: Texts): ScalarNode {
  const written = writtenOf(scalar, texts.shape);
  const node: ScalarNode = {
    kind: "scalar",
    text: textOfScalar(scalar, written, texts),
    ...written,
    tag: scalar.tag,
    anchor: scalar.anchor,
  };
  define(node, texts);
  return node;
}

function textOfScalar(scalar: Scalar, written: Written, texts: Texts): string {
  const { shape, source, dialect } = texts;
  const own = textOf(source, written, dialect);
  return shape === source && !isSpecial(written, source) ? (scalar.source ?? "") : own;
}

/**
 * Where `yaml` reads a text in another way than go-yaml: a block scalar whose last line has no line break gets one, and
 * empty lines behind an escaped line break are lost.
 */
function isSpecial({ style, start, end }: Written, source: string): boolean {
  if (style === "double") return /\\\r?\n[ \t]*\r?\n/.test(source.slice(start, end));
  return isBlock(style) && end === source.length && !source.endsWith("\n");
}

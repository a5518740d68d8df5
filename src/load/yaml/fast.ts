import {
  COLLECTION_STYLE,
  EVENT_ID,
  parseEvents,
  YAMLException,
  type DocumentEvent,
  type Event,
  type MappingEvent,
  type ScalarEvent,
  type SequenceEvent,
} from "js-yaml";
import { aliasTo, checkName, type Anchors } from "./alias.ts";
import {
  deepest,
  Fault,
  type Chomp,
  type Dialect,
  type Node,
  type Parsed,
  type ScalarNode,
  type Style,
  type Written,
} from "./node.ts";
import { textOf } from "./pieces.ts";
import { checkTag, tagName, type TagPrefixes } from "./tags.ts";

/** Reads one document with js-yaml, which is quick and tells the offset of everything. */
export function parseFast(shape: string, source: string, dialect: Dialect): Parsed {
  try {
    const events = parseEvents(shape, { maxDepth: deepest });
    return {
      ok: true,
      root: compose(events, {
        shape,
        source,
        same: shape === source,
        dialect,
        prefixes: new Map(),
      }),
    };
  } catch (error) {
    if (error instanceof Fault) return refused(error.message, error.offset, false);
    if (error instanceof RangeError) return refused("nested too deeply", 0, false);
    if (!(error instanceof YAMLException)) throw error;
    const behind = pastRoot.get(error.reason);
    const offset = (error.mark?.position ?? 0) + (behind ?? 0);
    return refused(error.reason, offset, behind !== undefined);
  }
}

/** Errors that js-yaml also has where the root node is complete, with the way from its position to what follows. */
const pastRoot: ReadonlyMap<string, number> = new Map([
  ["end of the stream or a document separator is expected", 0],
  ["a whitespace character is expected after the key-value separator within a block mapping", -1],
]);

function refused(message: string, offset: number, past: boolean): Parsed {
  return { ok: false, message, offset, pastRoot: past };
}

interface Texts {
  readonly shape: string;
  readonly source: string;
  readonly same: boolean;
  readonly dialect: Dialect;
  prefixes: TagPrefixes;
}

function compose(events: readonly Event[], texts: Texts): Node | undefined {
  const top: Node[] = [];
  const outer: Node[][] = [];
  const anchors: Anchors = new Map();
  let items = top;
  const add = (node: Node) => {
    items.push(node);
    if (node.kind !== "alias" && node.anchor !== undefined) anchors.set(node.anchor, node);
  };
  for (const event of events) {
    switch (event.type) {
      case EVENT_ID.SCALAR:
        add(scalarOf(event, texts));
        break;
      case EVENT_ID.ALIAS:
        add(aliasTo(anchors, nameIn(event, texts.shape), event.anchorStart - 1));
        break;
      case EVENT_ID.POP:
        items = outer.pop() ?? top;
        break;
      case EVENT_ID.DOCUMENT:
        texts.prefixes = prefixesOf(event);
        outer.push(items);
        break;
      default: {
        const inner: Node[] = [];
        if (event.tagStart >= 0) checkTag(texts.shape, event.tagStart, event.tagEnd);
        add(collectionOf(event, texts.shape, inner));
        outer.push(items);
        items = inner;
      }
    }
  }
  return top[0];
}

function collectionOf(event: MappingEvent | SequenceEvent, shape: string, items: Node[]): Node {
  return {
    kind: event.type === EVENT_ID.MAPPING ? "map" : "list",
    flow: event.style === COLLECTION_STYLE.FLOW,
    anchor: anchorOf(event, shape),
    start: event.start,
    items,
  };
}

const styles: readonly Style[] = ["plain", "plain", "single", "double", "literal", "folded"];
const chomps: readonly Chomp[] = ["clip", "clip", "strip", "keep"];

function scalarOf(event: ScalarEvent, texts: Texts): ScalarNode {
  const { valueStart: start, valueEnd: end, tagStart } = event;
  const style = styles[event.style] ?? "plain";
  const chomp = chomps[event.chomping] ?? "clip";
  const { indent } = event;
  return {
    kind: "scalar",
    text:
      event.fast && texts.same
        ? texts.source.slice(start, end)
        : read({ style, start, end, indent, chomp }, texts),
    style,
    start,
    end,
    indent,
    chomp,
    tag: tagStart < 0 ? undefined : tagOf(event, texts),
    anchor: anchorOf(event, texts.shape),
  };
}

function tagOf({ tagStart, tagEnd }: ScalarEvent, { shape, prefixes }: Texts): string {
  checkTag(shape, tagStart, tagEnd);
  return tagName(shape.slice(tagStart, tagEnd), prefixes);
}

function read(written: Written, { source, dialect }: Texts): string {
  return textOf(source, written, dialect);
}

type Named = Pick<ScalarEvent, "anchorStart" | "anchorEnd">;

function anchorOf(event: Named, shape: string): string | undefined {
  if (event.anchorStart < 0) return undefined;
  const name = nameIn(event, shape);
  checkName(name, event.anchorStart, shape.charAt(event.anchorEnd));
  return name;
}

function nameIn(event: Named, shape: string): string {
  return shape.slice(event.anchorStart, event.anchorEnd);
}

function prefixesOf(event: DocumentEvent): TagPrefixes {
  return new Map(
    event.directives.flatMap((directive) =>
      directive.kind === "tag" ? [[directive.handle, directive.prefix]] : [],
    ),
  );
}

import { stepsOf } from "../../model/pointer.ts";
import type { Inside, Place } from "../../model/place.ts";
import { extentOf } from "./extent.ts";
import { entriesNamed } from "./merge.ts";
import type { Dialect, Node, Parser, ScalarNode } from "./node.ts";
import { parseAsGo } from "./parse.ts";
import { piecesOf } from "./pieces.ts";
import { shapeOf } from "./shape.ts";
import { valueMap, type Range } from "./value-map.ts";

/** What a range is asked for: a node of a document, its key, or a stretch inside its text. */
export type Spot = Pick<Place, "pointer" | "part" | "inside">;

/** A parsed document, ready to be pointed into. */
export interface Tree {
  readonly text: string;
  readonly shape: string;
  readonly dialect: Dialect;
  readonly root: Node;
  readonly parser: Parser;
}

/** Undefined where the text cannot be parsed or holds no document. */
export function treeOf(text: string, dialect: Dialect, parser: Parser): Tree | undefined {
  const parsed = parseAsGo(text, parser, dialect);
  if (!parsed.ok || !parsed.root) return undefined;
  return { text, shape: shapeOf(text), dialect, root: parsed.root, parser };
}

/**
 * The stretch of the text for a place. An alias counts as what it stands for, a merged entry as the one it comes from.
 * Of an entry written several times the last one is meant, or the `occurrence`th (from 1). Where the pointer leads
 * nowhere, the key of the nearest node on its way that exists.
 */
export function rangeIn(tree: Tree, spot: Spot, occurrence?: number): Range | undefined {
  const { key, node, whole } = walk(tree.root, stepsOf(spot.pointer), occurrence);
  const name = key && extentOf(tree.shape, key);
  if (!whole || (spot.part === "key" && !spot.inside)) return name ?? headOf(tree.shape, node);
  if (spot.inside && node.kind === "scalar") return insideOf(tree, node, spot.inside) ?? name;
  return extentOf(tree.shape, node) ?? name;
}

interface Found {
  /** Missing for the root and for items of lists. */
  readonly key: Node | undefined;
  readonly node: Node;
  /** False where the pointer goes on. */
  readonly whole: boolean;
}

function walk(root: Node, steps: readonly string[], occurrence: number | undefined): Found {
  let found: Found = { key: undefined, node: target(root), whole: true };
  for (const [index, step] of steps.entries()) {
    const nth = index === steps.length - 1 ? occurrence : undefined;
    const next = childOf(found.node, step, nth);
    if (!next) return { ...found, whole: false };
    found = { ...next, node: target(next.node), whole: true };
  }
  return found;
}

function target(node: Node): Node {
  return node.kind === "alias" ? target(node.target) : node;
}

function childOf(
  node: Node,
  step: string,
  occurrence: number | undefined,
): Pick<Found, "key" | "node"> | undefined {
  if (node.kind === "list") {
    const item = /^\d+$/.test(step) ? node.items[Number(step)] : undefined;
    return item && { key: undefined, node: item };
  }
  const entries = entriesNamed(node, step);
  const entry =
    occurrence === undefined ? entries.at(-1) : entries.filter(({ own }) => own)[occurrence - 1];
  return entry && { key: entry.key, node: entry.value };
}

/** What to show of a node that has no key: the first key of a map, the whole of everything else. */
function headOf(shape: string, node: Node): Range | undefined {
  const [first] = node.kind === "map" ? node.items : [];
  return (first && extentOf(shape, first)) ?? extentOf(shape, node);
}

function insideOf(tree: Tree, node: ScalarNode, inside: Inside): Range | undefined {
  const map = valueMap(piecesOf(tree.text, node, tree.dialect), node.start);
  if ("offset" in inside) {
    return map.sourceOf({ start: inside.offset, end: inside.offset + inside.length });
  }
  const nested = treeOf(node.text, "yaml", tree.parser);
  const range = nested && rangeIn(nested, inside);
  return range ? map.sourceOf(range) : extentOf(tree.shape, node);
}

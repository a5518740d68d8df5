import { readJson } from "../json/read.ts";
import { parseFast } from "./fast.ts";
import type { Parser } from "./node.ts";
import { rangeIn, treeOf, type Spot, type Tree } from "./range-in.ts";
import { withLastBreak } from "./read.ts";
import { parseReference } from "./reference.ts";
import type { Range } from "./value-map.ts";

/** Texts longer than this, in UTF-16 code units, are read by the fast parser, whose offsets are the same. */
const longest = 128 * 1024;

/**
 * The stretch of a document's text for a place in it (see rangeIn); undefined for a text without a document that can
 * be read.
 */
export function rangeOf(text: string, spot: Spot, occurrence?: number): Range | undefined {
  const parser = text.length > longest ? parseFast : parseReference;
  return rangeWith(text, spot, parser, occurrence);
}

/** The same with a given parser, to compare the two. */
function rangeWith(
  text: string,
  spot: Spot,
  parser: Parser,
  occurrence?: number,
): Range | undefined {
  const tree = open(text, parser);
  return tree && rangeIn(tree, spot, occurrence);
}

let latest:
  | { readonly text: string; readonly parser: Parser; readonly tree: Tree | undefined }
  | undefined;

/** Findings often point into the same document several times, one after another. */
function open(text: string, parser: Parser): Tree | undefined {
  if (latest?.text !== text || latest.parser !== parser) {
    const dialect = readJson(text)?.ok ? "json" : "yaml";
    latest = { text, parser, tree: treeOf(withLastBreak(text), dialect, parser) };
  }
  return latest.tree;
}

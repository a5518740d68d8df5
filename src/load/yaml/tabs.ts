import { extentOf } from "./extent.ts";
import { Fault, type Node, type ScalarNode } from "./node.ts";

/** A stretch of the text in which tabs are refused only left of a column. */
interface Region {
  readonly start: number;
  readonly end: number;
  readonly column: number;
}

/**
 * Throws a Fault for a tab where go-yaml wants spaces: before the first token of a line, and behind a dash that begins
 * one (scannerc.go, yaml_parser_scan_to_next_token and the scanners of plain and block scalars).
 */
export function checkTabs(shape: string, root: Node | undefined): void {
  const regions: Region[] = [];
  if (root) collect(shape, root, -1, regions);
  const innermostAt = sweep(regions);
  for (let at = shape.indexOf("\t"); at !== -1; at = shape.indexOf("\t", at + 1)) {
    const column = leadingColumn(shape, at);
    if (column !== undefined && column < (innermostAt(at)?.column ?? Infinity)) {
      throw new Fault("found a tab character where spaces are expected", at);
    }
  }
}

/** Asked for ascending offsets, tells the innermost region around each. */
function sweep(regions: readonly Region[]): (at: number) => Region | undefined {
  const open: Region[] = [];
  let next = 0;
  return (at) => {
    for (let region = regions[next]; region && region.start <= at; region = regions[++next]) {
      open.push(region);
    }
    while ((open.at(-1)?.end ?? Infinity) <= at) open.pop();
    return open.at(-1);
  };
}

/** The column of a tab with nothing before it in its line but spaces and the indicators of block collections. */
function leadingColumn(shape: string, at: number): number | undefined {
  const lineStart = shape.lastIndexOf("\n", at) + 1;
  return /^ *(?:[-?:] +)*[-?:]?$/.test(shape.slice(lineStart, at)) ? at - lineStart : undefined;
}

/** Collects in the order of their starts, outer before inner; `column` is that of the block collection around. */
function collect(shape: string, node: Node, column: number, regions: Region[]): void {
  const extent = extentOf(shape, node);
  if (!extent || node.kind === "alias") return;
  if (node.kind === "scalar") {
    regions.push({ ...extent, ...scalarRegion(shape, node, column) });
    return;
  }
  if (node.flow) regions.push({ ...extent, column: 0 });
  const inner = node.flow ? column : node.start - (shape.lastIndexOf("\n", node.start - 1) + 1);
  for (const item of node.items) collect(shape, item, inner, regions);
}

function scalarRegion(
  shape: string,
  node: ScalarNode,
  column: number,
): Partial<Region> & { column: number } {
  switch (node.style) {
    case "plain": {
      const blanks = /[ \t\r\n]*/y;
      blanks.lastIndex = node.end;
      blanks.test(shape);
      return { end: blanks.lastIndex, column: column + 1 };
    }
    case "literal":
    case "folded":
      return { end: node.end, column: node.indent < 0 ? Infinity : node.indent };
    default:
      return { column: 0 };
  }
}

import { isQuoted, type Node } from "./node.ts";

/**
 * Where a node begins and ends, quotes and brackets included; of a block scalar without its header and its last line
 * break. Undefined for a value that is not written, as in `key:`.
 */
export function extentOf(
  shape: string,
  node: Node,
): { readonly start: number; readonly end: number } | undefined {
  const end = endOf(shape, node);
  if (end === undefined) return undefined;
  const quoted = node.kind === "scalar" && isQuoted(node.style);
  return { start: quoted ? node.start - 1 : node.start, end };
}

export function endOf(shape: string, node: Node): number | undefined {
  if (node.start < 0) return undefined;
  switch (node.kind) {
    case "alias":
      return node.end;
    case "scalar":
      if (node.style === "plain") return node.end;
      if (isQuoted(node.style)) return node.end + 1;
      return node.start + shape.slice(node.start, node.end).trimEnd().length;
    default: {
      const last = lastEnd(shape, node.items) ?? node.start + 1;
      return node.flow ? closing(shape, last) : last;
    }
  }
}

function lastEnd(shape: string, items: readonly Node[]): number | undefined {
  const last = items.findLast((item) => item.start >= 0);
  return last && endOf(shape, last);
}

/** Behind the bracket that closes a flow collection, looked for from the end of its last entry. */
function closing(shape: string, from: number): number {
  const pattern = /#[^\n]*|[\]}]/g;
  pattern.lastIndex = from;
  for (let found = pattern.exec(shape); found; found = pattern.exec(shape)) {
    if (!found[0].startsWith("#")) return found.index + 1;
  }
  return shape.length;
}

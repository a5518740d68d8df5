import { keyOf } from "./key.ts";
import type { Node, ScalarNode } from "./node.ts";
import { resolveScalar, yamlTag } from "./resolve.ts";

/** Whether a key merges its value into the map: a plain `<<`, or any with the tag ! or !!merge (decode.go, isMerge). */
export function isMerge(key: Node): boolean {
  if (key.kind !== "scalar" || key.text !== "<<") return false;
  if (key.tag === undefined) return key.style === "plain";
  return key.tag === "!" || key.tag === `${yamlTag}merge`;
}

export interface Entry {
  readonly key: Node;
  readonly value: Node;
  /** Not there by a merge. */
  readonly own: boolean;
}

/** Every writing of an entry with this name, in the order in which go-yaml does them, so that the last one counts. */
export function entriesNamed(
  node: Node,
  name: string,
  seen: ReadonlySet<Node> = new Set(),
): readonly Entry[] {
  const map = node.kind === "alias" ? node.target : node;
  if (map.kind !== "map" || seen.has(map)) return [];
  const found: Entry[] = [];
  for (let i = 0; i + 1 < map.items.length; i += 2) {
    const [key, value] = map.items.slice(i, i + 2);
    if (!key || !value) continue;
    if (isMerge(key)) {
      const sources = value.kind === "list" ? value.items.toReversed() : [value];
      for (const source of sources) {
        const merged = entriesNamed(source, name, new Set([...seen, map]));
        found.push(...merged.map((entry) => ({ ...entry, own: false })));
      }
    } else if (nameOf(key) === name) found.push({ key, value, own: true });
  }
  return found;
}

function nameOf(key: Node): string | undefined {
  const target = key.kind === "alias" ? key.target : key;
  return target.kind === "scalar" ? nameOfScalar(target) : undefined;
}

function nameOfScalar(key: ScalarNode): string | undefined {
  const value = resolveScalar(key.tag, key.text, key.style === "plain");
  return value.type === "refused" ? undefined : keyOf(value);
}

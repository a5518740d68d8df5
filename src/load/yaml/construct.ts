import { pointer, type Pointer } from "../../model/pointer.ts";
import { countDecode, newCount, type Count } from "./alias-bound.ts";
import { keyOf } from "./key.ts";
import { isMerge } from "./merge.ts";
import { deepest, Fault, type AliasNode, type Node, type ScalarNode } from "./node.ts";
import { resolveScalar, type Scalar } from "./resolve.ts";

/** How values are made: as plain JSON, or with their YAML types. */
export interface Builder<Value, Entries> {
  /** Undefined for a value that JSON does not have; `text` is what it is made from. */
  readonly scalar: (value: Scalar, text: string) => Value | undefined;
  readonly list: (items: readonly Value[]) => Value;
  readonly entries: () => Entries;
  /** False where the key was there before. */
  readonly set: (entries: Entries, key: string, value: Value) => boolean;
  readonly map: (entries: Entries) => Value;
}

export interface Constructed<Value> {
  readonly value: Value;
  /** Entries written twice in one mapping, each once. */
  readonly duplicates: readonly Pointer[];
}

const tooDeep = "nested too deeply";

type Collection = Extract<Node, { kind: "map" | "list" }>;

/**
 * The value of a tree, as go.yaml.in/yaml/v2 v2.4.2 (decode.go) and the conversion to JSON in sigs.k8s.io/yaml v1.6.0
 * (yaml.go, convertToJSONableObject) make it. Throws a Fault for what they refuse. One difference: Go never looks at a
 * bad key or number in an entry that a later duplicate overwrites; here it counts.
 */
export function construct<Value, Entries>(
  root: Node,
  builder: Builder<Value, Entries>,
): Constructed<Value> {
  const duplicates = new Set<Pointer>();
  const open = new Set<AliasNode>();
  const run = { builder, duplicates, path: [], open, count: newCount(), at: 0 };
  return { value: valueOf(root, run), duplicates: [...duplicates] };
}

interface Run<Value, Entries> {
  readonly builder: Builder<Value, Entries>;
  readonly duplicates: Set<Pointer>;
  /** Where we are, as the steps of a JSON pointer. */
  readonly path: (string | number)[];
  /** Aliases that are being followed. */
  readonly open: Set<AliasNode>;
  readonly count: Count;
  /** The offset of the last node that is written in the text. */
  at: number;
}

function valueOf<Value, Entries>(node: Node, run: Run<Value, Entries>): Value {
  enter(node, run);
  if (run.path.length > deepest) throw new Fault(tooDeep, run.at);
  switch (node.kind) {
    case "scalar": {
      const value = run.builder.scalar(typed(node, run), node.text);
      if (value === undefined) throw new Fault(`json: unsupported value: ${node.text}`, run.at);
      return value;
    }
    case "alias":
      return follow(node, run, () => valueOf(node.target, run));
    case "list":
      return run.builder.list(node.items.map((item, index) => step(index, item, run)));
    case "map": {
      const entries = run.builder.entries();
      fill(entries, node, run, false);
      return run.builder.map(entries);
    }
  }
}

function step<Value, Entries>(to: string | number, node: Node, run: Run<Value, Entries>): Value {
  run.path.push(to);
  const value = valueOf(node, run);
  run.path.pop();
  return value;
}

function enter<Value, Entries>(node: Node, run: Run<Value, Entries>): void {
  if (node.start >= 0) run.at = node.start;
  countDecode(run.count, run.open.size, run.at);
}

function typed<Value, Entries>(node: ScalarNode, run: Run<Value, Entries>): Scalar {
  const value = resolveScalar(node.tag, node.text, node.style === "plain");
  if (value.type === "refused") throw new Fault(value.message, run.at);
  return value;
}

function follow<Value, Entries, Result>(
  alias: AliasNode,
  run: Run<Value, Entries>,
  then: () => Result,
): Result {
  if (run.open.has(alias)) {
    throw new Fault(`anchor '${alias.name}' value contains itself`, run.at);
  }
  if (run.open.size > deepest) throw new Fault(tooDeep, run.at);
  run.open.add(alias);
  const result = then();
  run.open.delete(alias);
  return result;
}

/** Writes a mapping's entries in their order; a merge writes where it stands, over what is there already. */
function fill<Value, Entries>(
  entries: Entries,
  node: Collection,
  run: Run<Value, Entries>,
  merging: boolean,
): void {
  const { items } = node;
  const own = merging || items.some(isMerge) ? new Set<string>() : undefined;
  for (let i = 0; i + 1 < items.length; i += 2) {
    const [key, value] = [items[i], items[i + 1]];
    if (!key || !value) continue;
    if (isMerge(key)) {
      merge(entries, value, run);
      continue;
    }
    const name = nameOf(key, run);
    const fresh = run.builder.set(entries, name, step(name, value, run));
    const again = own ? own.has(name) : !fresh;
    own?.add(name);
    if (again && run.open.size === 0) run.duplicates.add(pointer(...run.path, name));
  }
}

function merge<Value, Entries>(entries: Entries, from: Node, run: Run<Value, Entries>): void {
  if (from.kind === "list") {
    for (const item of from.items.toReversed()) mergeOne(entries, item, run);
  } else mergeOne(entries, from, run);
}

function mergeOne<Value, Entries>(entries: Entries, from: Node, run: Run<Value, Entries>): void {
  const map = from.kind === "alias" ? from.target : from;
  enter(from, run);
  if (map.kind !== "map") {
    throw new Fault("map merge requires map or sequence of maps as the value", run.at);
  }
  if (from.kind !== "alias") return fill(entries, map, run, true);
  follow(from, run, () => {
    enter(map, run);
    fill(entries, map, run, true);
  });
}

function nameOf<Value, Entries>(key: Node, run: Run<Value, Entries>): string {
  enter(key, run);
  if (key.kind === "alias") return follow(key, run, () => nameOf(key.target, run));
  if (key.kind !== "scalar") {
    throw new Fault("invalid map key: a list or a map cannot be a key", run.at);
  }
  const name = keyOf(typed(key, run));
  if (name === undefined) throw new Fault(`unsupported map key: ${key.text || "null"}`, run.at);
  return name;
}

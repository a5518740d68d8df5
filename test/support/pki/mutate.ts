import { bytesOf, isEmpty, readElement, readerOf } from "../../../src/pki/der/read.ts";
import { element } from "../../../src/pki/der/write.ts";
import type { Random } from "../random.ts";

/** A DER element; one that holds elements has no bytes of its own. */
interface Node {
  tag: number;
  bytes: Uint8Array;
  children: Node[] | undefined;
}

/** Something like this DER: with bytes changed, or with elements changed and all lengths right again. */
export function mutant(random: Random, der: Uint8Array): Uint8Array {
  if (random.chance(0.35)) return bytesChanged(random, der);
  const [root] = nodesOf(der) ?? [];
  if (!root) return bytesChanged(random, der);
  for (let left = random.int(1, 3); left > 0; left--) change(random, root);
  const changed = encode(root);
  return random.chance(0.1) ? bytesChanged(random, changed) : changed;
}

function bytesChanged(random: Random, der: Uint8Array): Uint8Array {
  const at = random.int(0, Math.max(der.length - 1, 0));
  const bytes = Buffer.from(der);
  const byte = random.pick([
    0x00,
    0x01,
    0x05,
    0x30,
    0x31,
    0x7f,
    0x80,
    0x82,
    0x84,
    0xa0,
    0xff,
    random.int(0, 255),
  ]);
  const changes: readonly [() => Uint8Array, ...(() => Uint8Array)[]] = [
    () => bytes.map((old, i) => (i === at ? byte : old)),
    () => bytes.map((old, i) => (i === at ? old ^ (1 << random.int(0, 7)) : old)),
    () => bytes.subarray(0, at),
    () => Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + random.int(1, 4))]),
    () => Buffer.concat([bytes.subarray(0, at), Uint8Array.of(byte), bytes.subarray(at)]),
    () => Buffer.concat([bytes, Uint8Array.of(byte)]),
  ];
  return Uint8Array.from(random.pick(changes)());
}

function nodesOf(bytes: Uint8Array): Node[] | undefined {
  const reader = readerOf(bytes);
  const nodes: Node[] = [];
  while (!isEmpty(reader)) {
    const found = readElement(reader);
    if (!found) return undefined;
    const contents = Uint8Array.from(bytesOf(found.contents));
    const isConstructed = (found.tag & 0x20) !== 0;
    // Extensions hold DER in an OCTET STRING.
    const children =
      isConstructed || (found.tag === 4 && contents.length > 2) ? nodesOf(contents) : undefined;
    nodes.push({ tag: found.tag, bytes: contents, children });
  }
  return nodes;
}

function encode({ tag, bytes, children }: Node): Uint8Array {
  return children ? element(tag, ...children.map(encode)) : element(tag, bytes);
}

function change(random: Random, root: Node): void {
  const parents = [...everyNode(root)].filter(({ children }) => children && children.length > 0);
  const parent = parents[random.int(0, parents.length - 1)] ?? root;
  const children = parent.children ?? [];
  const i = random.int(0, children.length - 1);
  const node = children[i];
  if (!node) return;
  const changes: readonly [() => void, ...(() => void)[]] = [
    () => {
      node.tag = random.pick([
        0x01,
        0x02,
        0x03,
        0x04,
        0x05,
        0x06,
        0x0c,
        0x13,
        0x14,
        0x16,
        0x17,
        0x18,
        0x1e,
        0x30,
        0x31,
        0x80,
        0x81,
        0x82,
        0x86,
        0x87,
        0xa0,
        0xa3,
        node.tag ^ 0x20,
      ]);
    },
    () => void children.splice(i, 1),
    () => void children.splice(i, 0, structuredClone(node)),
    () =>
      void children.splice(random.int(0, children.length), 0, {
        tag: 5,
        bytes: new Uint8Array(),
        children: undefined,
      }),
    () => {
      node.children = undefined;
      node.bytes = bytesChanged(random, node.bytes);
    },
    () => {
      node.children = undefined;
      node.bytes = Uint8Array.from({ length: random.int(0, 40) }, () => random.int(0, 255));
    },
    () => {
      const [a, b] = [children[i], children[random.int(0, children.length - 1)]];
      if (a && b)
        [a.bytes, a.children, b.bytes, b.children] = [b.bytes, b.children, a.bytes, a.children];
    },
    () => {
      const texts = [
        "http://a.example/%zz",
        "spiffe://x/y",
        "http://[::1]:80/",
        "a..b",
        "*.x",
        "urn:x:y",
        "//h:1:2",
        "x@y",
        '"a b"@c.d',
        "",
        "é",
        "10.0.0.1",
      ];
      node.children = undefined;
      node.bytes = Buffer.from(texts[random.int(0, texts.length - 1)] ?? "");
    },
  ];
  random.pick(changes)();
}

function* everyNode(node: Node): Iterable<Node> {
  yield node;
  for (const child of node.children ?? []) yield* everyNode(child);
}

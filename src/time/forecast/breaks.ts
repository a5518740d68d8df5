import { nameOf, type KubeObject } from "../../model/object.ts";
import type { Certificate } from "../../pki/certificate/certificate.ts";
import type { Handshake } from "../../trust/handshake.ts";
import { issue } from "../cert-manager/issue.ts";
import { presented } from "../certificates.ts";
import { quickJudge } from "../judge.ts";
import { rowKey } from "../judged.ts";
import { withSlice, type Slice } from "../slices.ts";
import { secretOf, withObjects, type World } from "../world.ts";
import type { Course, Node } from "./course.ts";
import { first } from "./lives.ts";

/** A stretch of time, in milliseconds. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** A handshake fails while the shared state is this one. */
export interface Break {
  readonly row: Handshake;
  /** That of the row. */
  readonly key: string;
  readonly node: Node;
  /** Between these times it may fail. */
  readonly from: number;
  readonly to: number;
  /** True where it held before and something has run out. */
  readonly byExpiry: boolean;
}

/** A certificate of the far future: what it is signed by runs out before it does. */
const farFuture = Date.parse("9999-01-01T00:00:00Z");

/** Judges handshakes along a course; what was judged once is not judged again. */
export function judgeOf(course: Course) {
  const judges = new Map<Slice | undefined, SliceJudge>();
  const broken = new Map<string, readonly Break[]>();

  function rows(node: Node, slice: Slice | undefined, signer: string): readonly Handshake[] {
    const mine = judges.get(slice) ?? sliceJudge(course, slice);
    judges.set(slice, mine);
    return mine(node, signer);
  }

  /** When handshakes with a leaf that `signer` signed fail, while there is one; in the order of time. */
  function breaks(slice: Slice | undefined, signer: string, within: Span): readonly Break[] {
    const key = `${slice ? nameOf(slice.leaf.secret) : ""} ${signer}`;
    const known = broken.get(key);
    if (known) return known;
    const found = possible(signer)
      .filter(({ from, to }) => from <= within.to && to >= within.from)
      .flatMap((node) => rows(node, slice, signer).flatMap((row) => breakIn(node, row)))
      .toSorted((a, b) => a.from - b.from || (a.key < b.key ? -1 : 1));
    broken.set(key, found);
    return found;
  }

  /** The handshakes that hold with a leaf until it runs out at `time`. */
  function holding(slice: Slice, signer: string, time: number): readonly Break[] {
    const node = possible(signer).find(({ from, to }) => from <= time && time <= to);
    if (!node) return [];
    return rows(node, slice, signer)
      .filter(({ verdict }) => verdict === "holds")
      .map((row) => ({ row, key: rowKey(row), node, from: time, to: node.to, byExpiry: true }));
  }

  function possible(signer: string): readonly Node[] {
    return course.nodes.filter((node) => isPossible(node, signer));
  }

  return { rows, breaks, holding };
}

type SliceJudge = (node: Node, signer: string) => readonly Handshake[];

/** Judges the handshakes with one leaf, or with what is shared itself. */
function sliceJudge(course: Course, slice: Slice | undefined): SliceJudge {
  const [start] = course.nodes;
  if (!start) return () => [];
  const { world } = start.state;
  const base = slice ? withSlice(world, slice) : world;
  const name = slice && nameOf(slice.leaf.secret);
  const judge = quickJudge(base, ({ target: { secret } }) => {
    if (!secret) return false;
    return name === undefined ? world.objects.has(nameOf(secret)) : nameOf(secret) === name;
  });
  const leaves = new Map<string, KubeObject | undefined>();
  return (node, signer) => {
    if (!slice) return judge(node.state, node.from);
    if (!leaves.has(signer)) leaves.set(signer, leafBy(node, slice, signer));
    const leaf = leaves.get(signer);
    if (!leaf) return [];
    const there = withObjects(node.state.world, [leaf]);
    return judge({ world: there, held: node.state.held }, node.from);
  };
}

/** A leaf can be signed by a CA only once that CA is there. */
export function isPossible(node: Node, signer: string): boolean {
  return !isFingerprint(signer) || node.signers.has(signer);
}

function isFingerprint(signer: string): boolean {
  return /^[0-9a-f]{64}$/.test(signer);
}

function breakIn(node: Node, row: Handshake): readonly Break[] {
  const key = rowKey(row);
  if (row.verdict === "fails") {
    const byExpiry = row.reason?.code === "expired";
    return [{ row, key, node, from: node.from, to: node.to, byExpiry }];
  }
  const until = row.until === null ? Number.POSITIVE_INFINITY : Date.parse(row.until);
  if (row.verdict === "unknown" || until >= node.to) return [];
  return [{ row, key, node, from: Math.max(node.from, until), to: node.to, byExpiry: true }];
}

/** The Secret of a leaf that a CA has signed, valid for ever; or the one that there is. */
function leafBy(node: Node, slice: Slice, signer: string): KubeObject | undefined {
  const { certificate, secret } = slice.leaf;
  if (signer === first || !certificate) return secret;
  const signing = worldSigning(node, slice, signer);
  const issued = signing && issue(signing, certificate, node.from, undefined, farFuture);
  return issued && "world" in issued ? secretOf(issued.world, certificate) : undefined;
}

/** A world in which the issuer of the leaf signs with that certificate: the node itself or one that came before it. */
function worldSigning(node: Node, slice: Slice, signer: string): World | undefined {
  if (!isFingerprint(signer)) return withSlice(node.state.world, slice);
  const seen = new Set<Node>();
  const queue = [node];
  for (let here = queue.shift(); here; here = queue.shift()) {
    if (seen.has(here)) continue;
    seen.add(here);
    if (holds(here, signer)) return withSlice(here.state.world, slice);
    queue.push(...here.before.map(({ from }) => from));
  }
  return undefined;
}

function holds({ state }: Node, fingerprint: string): boolean {
  for (const object of state.world.objects.values()) {
    if (object.kind !== "Secret") continue;
    const [one]: readonly (Certificate | undefined)[] = presented(object, "tls.crt");
    if (one?.fingerprint === fingerprint) return true;
  }
  return false;
}

import { compare } from "../model/inventory.ts";
import type { Handshake, Link, Verdict } from "../trust/handshake.ts";
import { worstOf } from "./endpoints.ts";
import { groupBy } from "./group-by.ts";
import { plural } from "./summary.ts";

export interface GraphNode {
  readonly key: string;
  readonly title: string;
  readonly subtitle: string;
}

interface GraphEdge {
  readonly from: string;
  readonly to: string;
  readonly type: "signs" | "trusts" | Verdict;
}

interface TrustGraph {
  /** Anchors, intermediates, leaves, endpoints, dialers; a column without nodes is left out. */
  readonly columns: readonly (readonly GraphNode[])[];
  readonly edges: readonly GraphEdge[];
  /** How many certificates there are besides. */
  readonly left: number;
}

const mostCertificates = 40;

/**
 * Handshakes as a graph that stays small however many there are: leaves of one issuer for one kind of endpoint are one
 * node, and so are endpoints and dialers of one kind.
 */
export function trustGraph(handshakes: readonly Handshake[]): TrustGraph {
  const parts: Parts = {
    anchors: new Map(),
    intermediates: new Map(),
    leaves: new Map(),
    edges: new Map(),
  };
  const withChain = handshakes.filter(({ chain }) => chain.length > 0);
  for (const [key, same] of groupBy(withChain, chainKey)) addChain(parts, key, same);
  for (const [, same] of groupBy(handshakes, pairKey)) {
    const [first] = same;
    if (first)
      connect(parts, endpointKey(first), `dialer ${first.dialer.component}`, worstOf(same));
  }
  const { anchors, intermediates, leaves, edges } = parts;
  const columns = [
    [...anchors.values()],
    [...intermediates.values()].filter(({ key }) => !anchors.has(key)),
    [...leaves.values()],
    endpoints(handshakes),
    dialers(handshakes),
  ].map((column) => column.toSorted((a, b) => compare(a.title, b.title)));
  const shown = columns.map((column) => column.slice(0, mostCertificates));
  return {
    columns: shown.filter((column) => column.length > 0),
    edges: [...edges.values()],
    left: columns.reduce((sum, column, i) => sum + column.length - (shown[i]?.length ?? 0), 0),
  };
}

interface Parts {
  readonly anchors: Map<string, GraphNode>;
  readonly intermediates: Map<string, GraphNode>;
  readonly leaves: Map<string, GraphNode>;
  readonly edges: Map<string, GraphEdge>;
}

function connect({ edges }: Parts, from: string, to: string, type: GraphEdge["type"]): void {
  edges.set(`${from} ${to} ${type}`, { from, to, type });
}

/** Handshakes whose leaves have the same authorities above them, for endpoints of one kind. */
function addChain(parts: Parts, key: string, same: readonly Handshake[]): void {
  const [first] = same;
  const [leaf, ...authorities] = first?.chain ?? [];
  if (!first || !leaf) return;
  const count = new Set(same.map(({ chain }) => chain[0]?.sha256)).size;
  parts.leaves.set(key, {
    key,
    title: count === 1 ? leaf.subject : plural(count, "certificate"),
    subtitle: `until ${soonest(same)}`,
  });
  let below = key;
  for (const [i, link] of authorities.entries()) {
    const isAnchor = i === authorities.length - 1;
    (isAnchor ? parts.anchors : parts.intermediates).set(link.sha256, authority(link));
    connect(parts, link.sha256, below, "signs");
    below = link.sha256;
  }
  connect(parts, key, endpointKey(first), "signs");
  if (authorities.length > 0)
    for (const { dialer } of same) connect(parts, below, `dialer ${dialer.component}`, "trusts");
}

function chainKey({ chain, endpoint }: Handshake): string {
  const authorities = chain.slice(1).map(({ sha256 }) => sha256);
  return ["leaf", endpoint.component, ...authorities].join(" ");
}

function pairKey({ dialer, endpoint }: Handshake): string {
  return `${dialer.component} ${endpoint.component}`;
}

function endpointKey({ endpoint }: Handshake): string {
  return `endpoint ${endpoint.component}`;
}

function authority({ sha256, subject, notAfter }: Link): GraphNode {
  return { key: sha256, title: subject, subtitle: `until ${notAfter}` };
}

function soonest(handshakes: readonly Handshake[]): string {
  const ends = handshakes.flatMap(({ chain }) => (chain[0] ? [chain[0].notAfter] : []));
  return ends.toSorted(compare)[0] ?? "";
}

function endpoints(handshakes: readonly Handshake[]): readonly GraphNode[] {
  return [...groupBy(handshakes, endpointKey)].map(([key, same]) => ({
    key,
    title: same[0]?.endpoint.component ?? "",
    subtitle: `in ${plural(new Set(same.map(({ endpoint }) => endpoint.namespace)).size, "namespace")}`,
  }));
}

function dialers(handshakes: readonly Handshake[]): readonly GraphNode[] {
  return [...groupBy(handshakes, ({ dialer }) => `dialer ${dialer.component}`)].map(
    ([key, same]) => ({
      key,
      title: same[0]?.dialer.component ?? "",
      subtitle: plural(same.length, "handshake"),
    }),
  );
}

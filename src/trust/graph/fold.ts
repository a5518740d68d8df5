import { thousands } from "../../model/thousands.ts";
import type { Edge, EdgeType, Graph, Node } from "./graph.ts";

/** So many namespaces of services are drawn one by one. */
const drawn = 8;

/** The graph with all but a few namespaces drawn as one: those where something fails stay first. */
export function folded({ nodes, edges }: Graph): Graph {
  const served = nodes
    .filter(({ name }) => name === "queue-proxy")
    .map(({ namespace }) => namespace);
  if (served.length <= drawn) return { nodes, edges };
  const failing = new Set(edges.filter(({ verdict }) => verdict === "fails").map(({ to }) => to));
  const fails = (namespace: string) => (failing.has(`queue-proxy in ${namespace}`) ? 0 : 1);
  const order = served.toSorted((a, b) => fails(a) - fails(b) || (a < b ? -1 : 1));
  const hidden = new Set(order.slice(drawn));
  const many = `${thousands(hidden.size)} more namespaces`;
  const of = (node: Node): Node => {
    if (!hidden.has(node.namespace)) return node;
    const name = node.type === "component" ? node.name : `${node.type}s`;
    return { id: `${name} in ${many}`, type: "summary", name: `${name} in ${many}`, namespace: "" };
  };
  const renamed = new Map(nodes.map((node) => [node.id, of(node)]));
  const to = (id: string) => renamed.get(id)?.id ?? id;
  const merged = new Map<string, Edge>();
  for (const edge of edges) {
    const moved = { ...edge, from: to(edge.from), to: to(edge.to) };
    merged.set([moved.from, moved.to, moved.type, moved.verdict].join("\n"), moved);
  }
  return {
    nodes: [...new Map([...renamed.values()].map((node) => [node.id, node])).values()],
    edges: [...merged.values()],
  };
}

/** What belongs to one namespace, what that is tied to, and what those trust, read and are made from. */
export function around(namespace: string, { nodes, edges }: Graph): Graph {
  const shown = new Set(nodes.filter((node) => node.namespace === namespace).map(({ id }) => id));
  const ties = edges.filter(({ from, to }) => shown.has(from) || shown.has(to));
  for (const { from, to } of ties) for (const id of [from, to]) shown.add(id);
  for (const type of ["trusts", "writes", "reads", "signs"] as const) {
    for (const edge of edges.filter((one) => one.type === type)) {
      const [known, other] = leadsBack(type) ? [edge.to, edge.from] : [edge.from, edge.to];
      if (shown.has(known)) shown.add(other);
    }
  }
  return {
    nodes: nodes.filter(({ id }) => shown.has(id)),
    edges: edges.filter(({ from, to }) => shown.has(from) && shown.has(to)),
  };
}

/** Such an edge explains what it points to: who has signed or written it. */
function leadsBack(type: EdgeType): boolean {
  return type === "writes" || type === "signs";
}

import type { GraphDocument } from "./document.ts";

/** The document of docs/schema/graph.v1.schema.json. */
export function render({ now, worlds }: GraphDocument): string {
  const document = {
    version: 1,
    kind: "graph",
    now,
    clusters: worlds.map(({ name, graph }) => ({ name, nodes: graph.nodes, edges: graph.edges })),
  };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}

import { inert } from "../../show/inert.ts";
import type { Edge, Node } from "../../trust/graph/graph.ts";
import type { GraphDocument } from "./document.ts";

const shapes: Readonly<Record<Node["type"], string>> = {
  component: "ellipse",
  issuer: "hexagon",
  secret: "cylinder",
  bundle: "note",
  summary: "box3d",
};

const colours = { holds: "darkgreen", fails: "red", unknown: "orange" } as const;

/** For Graphviz: `kubectl knative-certs graph -o dot | dot -Tsvg`. */
export function render({ worlds }: GraphDocument): string {
  const lines = ["digraph trust {", "  rankdir=LR;"];
  for (const [i, { name, graph }] of worlds.entries()) {
    const id = (node: string) => quoted(worlds.length > 1 ? `${String(i)} ${node}` : node);
    if (worlds.length > 1)
      lines.push(`  subgraph cluster_${String(i)} {`, `  label=${quoted(name || "other files")};`);
    for (const node of graph.nodes)
      lines.push(`  ${id(node.id)} [label=${quoted(node.id)}, shape=${shapes[node.type]}];`);
    for (const edge of graph.edges)
      lines.push(`  ${id(edge.from)} -> ${id(edge.to)} [${styleOf(edge)}];`);
    if (worlds.length > 1) lines.push("  }");
  }
  return `${[...lines, "}"].join("\n")}\n`;
}

function styleOf({ type, verdict }: Edge): string {
  const label = verdict === null || verdict === "holds" ? type : `${type}: ${verdict}`;
  const style = verdict === null ? "" : `, color=${colours[verdict]}`;
  return `label=${quoted(label)}${style}`;
}

function quoted(text: string): string {
  return `"${inert(text)
    .replaceAll("\\", String.raw`\\`)
    .replaceAll('"', String.raw`\"`)}"`;
}

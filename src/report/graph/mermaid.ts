import { inert } from "../../show/inert.ts";
import type { Edge, Node } from "../../trust/graph/graph.ts";
import type { GraphDocument } from "./document.ts";

const shapes: Readonly<Record<Node["type"], readonly [string, string]>> = {
  component: ["([", "])"],
  issuer: ["{{", "}}"],
  secret: ["[(", ")]"],
  bundle: ["[/", "/]"],
  summary: ["[[", "]]"],
};

/** Mermaid flow charts, one for each world; GitHub and GitLab draw them. */
export function render({ worlds }: GraphDocument): string {
  const lines = ["flowchart LR"];
  let next = 0;
  for (const [i, { name, graph }] of worlds.entries()) {
    const ids = new Map(graph.nodes.map(({ id }) => [id, `n${String(next++)}`]));
    if (worlds.length > 1)
      lines.push(`  subgraph w${String(i)}["${label(name || "other files")}"]`);
    for (const node of graph.nodes) lines.push(`  ${nodeOf(node, ids.get(node.id) ?? "")}`);
    for (const edge of graph.edges) lines.push(`  ${edgeOf(edge, ids)}`);
    if (worlds.length > 1) lines.push("  end");
  }
  return `${lines.join("\n")}\n`;
}

function nodeOf({ id, type }: Node, short: string): string {
  const [open, close] = shapes[type];
  return `${short}${open}"${label(id)}"${close}`;
}

function edgeOf({ from, to, type, verdict }: Edge, ids: ReadonlyMap<string, string>): string {
  const [a = "", b = ""] = [ids.get(from), ids.get(to)];
  if (verdict === null) return `${a} -- ${type} --> ${b}`;
  const arrow = verdict === "holds" ? "==>" : verdict === "fails" ? "--x" : "-.->";
  return `${a} ${arrow}|"${verdict === "holds" ? type : `${type}: ${verdict}`}"| ${b}`;
}

/** Mermaid takes entities for what would end a text. */
function label(text: string): string {
  return inert(text).replaceAll(/["<>&#`]/g, (mark) => `#${String(mark.codePointAt(0))};`);
}

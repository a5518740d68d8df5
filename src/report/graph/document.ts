import type { Graph } from "../../trust/graph/graph.ts";

export interface GraphDocument {
  /** RFC 3339. */
  readonly now: string;
  readonly worlds: readonly { readonly name: string; readonly graph: Graph }[];
}

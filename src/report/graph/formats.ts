import type { Graph } from "../../trust/graph/graph.ts";

export interface GraphDocument {
  /** RFC 3339. */
  readonly now: string;
  readonly worlds: readonly { readonly name: string; readonly graph: Graph }[];
}

interface Format {
  readonly render: (document: GraphDocument) => string;
}

export const graphFormats = {
  mermaid: (): Promise<Format> => import("./mermaid.ts"),
  dot: (): Promise<Format> => import("./dot.ts"),
  json: (): Promise<Format> => import("./json.ts"),
} as const;

export type GraphFormat = keyof typeof graphFormats;

export function isGraphFormat(name: string): name is GraphFormat {
  return Object.hasOwn(graphFormats, name);
}

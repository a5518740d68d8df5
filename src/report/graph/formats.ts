import type { GraphDocument } from "./document.ts";

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

import type { ReportOptions } from "../options.ts";
import type { DiffDocument } from "./document.ts";

interface Format {
  readonly render: (document: DiffDocument, options: ReportOptions) => string;
}

export const diffFormats = {
  text: (): Promise<Format> => import("./text.ts"),
  json: (): Promise<Format> => import("./json.ts"),
} as const;

export type DiffFormat = keyof typeof diffFormats;

export function isDiffFormat(name: string): name is DiffFormat {
  return Object.hasOwn(diffFormats, name);
}

import type { ExplanationDocument, ExplanationOptions } from "./document.ts";

interface Format {
  readonly render: (document: ExplanationDocument, options: ExplanationOptions) => string;
}

export const explanationFormats = {
  text: (): Promise<Format> => import("./text.ts"),
  json: (): Promise<Format> => import("./json.ts"),
} as const;

export type ExplanationFormat = keyof typeof explanationFormats;

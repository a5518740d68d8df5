import type { HandshakesDocument, HandshakesOptions } from "./document.ts";

interface Format {
  readonly render: (document: HandshakesDocument, options: HandshakesOptions) => string;
}

export const handshakesFormats = {
  text: (): Promise<Format> => import("./text.ts"),
  markdown: (): Promise<Format> => import("./markdown.ts"),
  json: (): Promise<Format> => import("./json.ts"),
} as const;

export type HandshakesFormat = keyof typeof handshakesFormats;

export function isHandshakesFormat(name: string): name is HandshakesFormat {
  return Object.hasOwn(handshakesFormats, name);
}

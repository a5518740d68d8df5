import type { Handshake } from "../../trust/handshake.ts";

/** What `handshakes` prints: those of each world, at one time. */
export interface HandshakesDocument {
  /** RFC 3339. */
  readonly now: string;
  readonly worlds: readonly WorldHandshakes[];
}

export interface WorldHandshakes {
  /** "" where the input is one unnamed world. */
  readonly name: string;
  readonly handshakes: readonly Handshake[];
}

export interface HandshakesOptions {
  /** Columns of the terminal. */
  readonly width: number;
  readonly color: boolean;
  /** Folds nothing. */
  readonly all: boolean;
}

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

import type { WorldHandshakes } from "../../show/endpoints.ts";
import type { ShownStore } from "./stores.ts";

/** What `handshakes` prints: those of each world, at one time. */
export interface HandshakesDocument {
  /** RFC 3339. */
  readonly now: string;
  readonly worlds: readonly WorldTrust[];
}

export interface WorldTrust extends WorldHandshakes {
  /** What the dialers among them trust. */
  readonly stores: readonly ShownStore[];
}

export interface HandshakesOptions {
  /** Columns of the terminal. */
  readonly width: number;
  readonly color: boolean;
  /** Folds nothing. */
  readonly all: boolean;
}

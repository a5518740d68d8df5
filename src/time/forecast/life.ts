import type { Leaf, Slice } from "../slices.ts";
import type { Span } from "./breaks.ts";
import type { Generation } from "./lives.ts";

/** The leaves of a slice, with every certificate that each of them will have. */
export interface Lives {
  readonly slice: Slice;
  readonly members: readonly Life[];
  /** When any of them may have a certificate of a signer. */
  readonly signed: ReadonlyMap<string, Span>;
}

export interface Life {
  readonly leaf: Leaf;
  readonly generations: readonly Generation[];
}

import type { Pointer } from "./pointer.ts";

/** A place in a file, as editors count: line and column from 1, columns in UTF-16 code units, end exclusive. */
export interface Location {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly pointer: Pointer;
  /** True where the lines are those of what the kustomization `file` renders to. */
  readonly rendered?: true;
}

/** Lines of a file around a location; private key material is blanked. */
export interface Excerpt {
  readonly firstLine: number;
  readonly lines: readonly string[];
}

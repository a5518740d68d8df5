import type { SubjectRef } from "./subject.ts";
import type { Pointer } from "./pointer.ts";

/** Where an object was read. `base` is the object's own place inside its document: "/items/3" in a List, else "". */
export type Provenance =
  | {
      readonly type: "file";
      /** The path as the user named it, or found below a directory that the user named; "-" is standard input. */
      readonly file: string;
      /** Index of the YAML document in the file, from 0. */
      readonly document: number;
      readonly base: Pointer;
      /** True where `file` is a kustomization and the document is part of what it renders to. */
      readonly rendered?: true;
    }
  /** A stretch of a file that holds no object, such as the spot where parsing stopped; offsets in UTF-16 code units. */
  | {
      readonly type: "text";
      readonly file: string;
      readonly offset: number;
      readonly length: number;
    }
  | { readonly type: "cluster"; readonly context: string; readonly resourceVersion: string };

/** The key of an entry, or its value. */
export type Part = "key" | "value";

/** A stretch inside a string value: a node of the YAML that the string holds, or some of its characters. */
export type Inside =
  | { readonly pointer: Pointer; readonly part: Part }
  | { readonly offset: number; readonly length: number };

/** A point in an object, exact enough that a caret can be drawn under it. */
export interface Place {
  readonly provenance: Provenance;
  /** From the object's own root: "/data/issuerRef"; "" is the whole object. */
  readonly pointer: Pointer;
  readonly part: Part;
  readonly inside?: Inside;
  /** The object, where it came from a cluster: no file shows it. */
  readonly object?: SubjectRef;
}

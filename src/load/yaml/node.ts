export type Style = "plain" | "single" | "double" | "literal" | "folded";
export type Chomp = "clip" | "strip" | "keep";

/** Nodes inside nodes that are followed; Go allows 10,000, which no manifest needs and our stack has no room for. */
export const deepest = 250;

/** How a scalar stands in the text. Offsets in UTF-16 code units, without quotes and without a block's header. */
export interface Written {
  readonly style: Style;
  /** -1 where nothing is written, as for the value of `key:`. */
  readonly start: number;
  readonly end: number;
  /** Of the content of a block scalar, in columns; -1 where it has none. */
  readonly indent: number;
  readonly chomp: Chomp;
}

export function isBlock(style: Style): boolean {
  return style === "literal" || style === "folded";
}

export function isQuoted(style: Style): boolean {
  return style === "single" || style === "double";
}

export interface ScalarNode extends Written {
  readonly kind: "scalar";
  readonly text: string;
  /** The whole name of an explicit tag: "tag:yaml.org,2002:str" for `!!str`. */
  readonly tag: string | undefined;
  readonly anchor: string | undefined;
}

/** go-yaml ignores the tags of collections, so they are not kept. */
export interface CollectionNode {
  readonly kind: "map" | "list";
  readonly flow: boolean;
  readonly anchor: string | undefined;
  /** Of the bracket, the first key or the first dash. */
  readonly start: number;
  /** Of a map: key, value, key, value, and so on. */
  readonly items: readonly Node[];
}

/** A stretch of a scalar's source and what it stands for; without `text` it stands for itself. */
export interface Piece {
  readonly start: number;
  readonly end: number;
  readonly text: string | undefined;
}

/** Takes one piece after another. */
export type Emit = (start: number, end: number, text?: string) => void;

export interface AliasNode {
  readonly kind: "alias";
  readonly name: string;
  readonly target: Node;
  readonly start: number;
  readonly end: number;
}

/** One tree for both parsers. */
export type Node = ScalarNode | CollectionNode | AliasNode;

/** What a parser made of a text that holds one document. */
export type Parsed =
  | {
      readonly ok: true;
      /** Undefined when there is no document in the text. */
      readonly root: Node | undefined;
      /** Where Go stops reading, although there is more; undefined where it reads all. */
      readonly end?: number;
    }
  | {
      readonly ok: false;
      readonly message: string;
      readonly offset: number;
      /** True where the document's one node is complete, and what follows at `offset` cannot belong to it. */
      readonly pastRoot: boolean;
    };

/**
 * `shape` decides the structure and `source` gives the values; both have the same length, and mostly they are the same
 * text (see shape.ts). Escapes follow `dialect`.
 */
export type Parser = (shape: string, source: string, dialect: Dialect) => Parsed;

/** JSON has the escapes \/ and surrogate pairs, which go-yaml refuses. */
export type Dialect = "yaml" | "json";

export const nothingWritten: Written = {
  style: "plain",
  start: -1,
  end: -1,
  indent: -1,
  chomp: "clip",
};

/** Why a text is no YAML for go-yaml, and where it stopped: an offset in UTF-16 code units. */
export class Fault extends Error {
  readonly offset: number;

  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}

/** One run of a program, from the start of its process. */
export interface Measured {
  readonly milliseconds: number;
  /** Peak memory in MiB. */
  readonly peak: number;
  readonly objects: number;
  readonly requests: number;
}

export interface Loaded extends Measured {
  /** Paths and queries of the lists that were read. */
  readonly lists: readonly string[];
}

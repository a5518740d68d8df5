/** One run over one dump. */
export interface Measured {
  readonly rows: number;
  readonly holds: number;
  readonly fails: number;
  /** To decide all of them, once the dump is loaded: by the clock, and of processor time. */
  readonly milliseconds: number;
  readonly processor: number;
  /** To decide all of them for another time. */
  readonly again: number;
  /** Peak memory in MB when the dump was loaded, and in the end. */
  readonly loaded: number;
  readonly peak: number;
}

/** The world outside, handed in so that every command can be run by a test. */
export interface Io {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** Columns of the terminal on standard output; undefined where it is none. */
  readonly columns: number | undefined;
  readonly now: () => Date;
}

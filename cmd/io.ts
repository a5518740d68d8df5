/** The world outside, handed in so that every command can be run by a test. */
export interface Io {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** Columns of the terminal on standard output; undefined where it is none. */
  readonly columns: number | undefined;
  readonly stdinIsTerminal?: boolean;
  readonly stderrIsTerminal?: boolean;
  readonly now: () => Date;
  /** Ends what would go on for ever, such as --watch; without it, the end of the process does. */
  readonly ended?: AbortSignal;
  /** Undefined where standard input or output is none. */
  readonly terminal?: Terminal | undefined;
}

export interface Terminal {
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
  /**
   * Until the function that it gives is called, an end of the process, of whatever kind, closes the screen and leaves
   * the terminal as it was; `crashed` then tells what nobody caught, and gives the exit code.
   */
  readonly restoredAtExit: (close: () => void, crashed: (error: unknown) => number) => () => void;
}

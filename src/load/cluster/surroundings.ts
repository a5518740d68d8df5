/** What connecting depends on besides the user's flags; handed in by the command line. */
export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
  /** True where a credential plugin may ask the user something. */
  readonly stdinIsTerminal: boolean;
  readonly warn: (text: string) => void;
}

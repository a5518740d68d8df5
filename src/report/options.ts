import type { WorldHandshakes } from "../show/endpoints.ts";

export interface ReportOptions {
  /** Columns of the terminal. */
  readonly width: number;
  readonly color: boolean;
  /** Lists every consequence and every subject that was not evaluated. */
  readonly all: boolean;
  /** Prints the stack of a rule that crashed. */
  readonly debug: boolean;
  readonly toolVersion: string;
  /** The address of the page of a rule. */
  readonly helpUrl: (code: string) => string;
  /** The page of a rule as Markdown; "" where there is none. */
  readonly ruleHelp: (code: string) => string;
  /** The handshakes of each world, where they are known. */
  readonly handshakes?: () => readonly WorldHandshakes[];
}

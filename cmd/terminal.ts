import { writeSync } from "node:fs";
import { isatty } from "node:tty";
import type { Terminal } from "./io.ts";

/** Cursor on, bracketed paste off, no wheel as arrow keys. */
const plainly = "\u001b[?25h\u001b[?2004l\u001b[?1007l";

/** The terminal of the process, where both of its ends are one; standard input is opened only when it is used. */
export function terminalOf(process: NodeJS.Process): Terminal | undefined {
  if (!isatty(0) || !isatty(1)) return undefined;
  return {
    get stdin() {
      return process.stdin;
    },
    stdout: process.stdout,
    restoredAtExit(close, crashed) {
      const restore = (): void => {
        try {
          close();
          if (process.stdin.isRaw) process.stdin.setRawMode(false);
          writeSync(1, plainly);
        } catch {
          // The terminal is gone.
        }
      };
      const crash = (error: unknown): void => {
        process.off("exit", restore);
        restore();
        process.exit(crashed(error));
      };
      process.once("exit", restore);
      process.once("uncaughtException", crash);
      return () => {
        process.off("exit", restore);
        process.off("uncaughtException", crash);
      };
    },
  };
}

import { writeSync } from "node:fs";
import type { Terminal } from "./io.ts";

/** Cursor on, bracketed paste off, no wheel as arrow keys. */
const plainly = "\u001b[?25h\u001b[?2004l\u001b[?1007l";
const leaveAlternateScreen = "\u001b[?1049l";

/** The terminal of the process, where both of its ends are one. */
export function terminalOf(
  process: Pick<NodeJS.Process, "stdin" | "stdout" | "once" | "off">,
): Terminal | undefined {
  const { stdin, stdout } = process;
  if (!stdin.isTTY || !stdout.isTTY) return undefined;
  return {
    stdin,
    stdout,
    restoredAtExit(alternateScreen) {
      const restore = (): void => {
        try {
          if (stdin.isRaw) stdin.setRawMode(false);
          writeSync(stdout.fd, (alternateScreen ? leaveAlternateScreen : "") + plainly);
        } catch {
          // The terminal is gone.
        }
      };
      process.once("exit", restore);
      return () => process.off("exit", restore);
    },
  };
}

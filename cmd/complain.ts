import { exitCodes } from "./exit-code.ts";
import type { Io } from "./io.ts";
import { UserError } from "./user-error.ts";

/** Says what went wrong, and gives the exit code for it. */
export function complain(error: unknown, debug: boolean, io: Io): number {
  if (error instanceof UserError) {
    io.err(`error: ${error.message}\n${error.next ? `${error.next}\n` : ""}`);
    return error.exitCode;
  }
  const known = error instanceof Error ? error : new Error(String(error));
  io.err(
    `error: ${known.message}\nThis is a fault of the program. ${debug ? "" : "--debug shows where it happened.\n"}`,
  );
  if (debug) io.err(`\n${known.stack ?? ""}\n`);
  return exitCodes.notAnalyzed;
}

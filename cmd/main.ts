import { isatty } from "node:tty";
import { keepCompiledCode } from "./compiled-code.ts";
import { terminalOf } from "./terminal.ts";

process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit();
  throw error;
});

keepCompiledCode(process.env);

async function main(): Promise<void> {
  const { run } = await import("./run.ts");
  process.exitCode = await run(process.argv.slice(2), process.argv[1] ?? "", {
    out: (text) => process.stdout.write(text),
    err: (text) => process.stderr.write(text),
    env: process.env,
    cwd: process.cwd(),
    columns: process.stdout.isTTY ? process.stdout.columns : undefined,
    stdinIsTerminal: isatty(0),
    stderrIsTerminal: isatty(2),
    now: () => new Date(),
    terminal: terminalOf(process),
  });
}

void main();

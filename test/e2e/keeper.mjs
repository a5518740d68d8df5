// node keeper.mjs COMMAND [ARGUMENT...]: runs a command until it ends or whoever holds our standard input is gone,
// however it went. A killed test run can stop nothing any more, but its end of this pipe closes all the same.
import { spawn } from "node:child_process";

/** How long a program may take to end by itself, in ms. */
const grace = 10_000;

const [command = "", ...argv] = process.argv.slice(2);
const child = spawn(command, argv, { stdio: ["ignore", "inherit", "inherit"] });
child.on("error", (error) => {
  console.error(error.message);
  process.exit(127);
});
child.on("exit", (code, signal) => process.exit(code ?? (signal === "SIGTERM" ? 0 : 1)));

process.stdin.resume();
process.stdin.on("close", stop);
process.on("SIGTERM", stop);
// A terminal's Ctrl-C reaches the test run too, which then lets go of us.
process.on("SIGINT", () => {});

function stop() {
  child.kill("SIGTERM");
  setTimeout(() => child.kill("SIGKILL"), grace).unref();
}

import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { freePorts } from "./ports.ts";
import { start } from "./processes.ts";
import { until } from "./until.ts";

const keeper = fileURLToPath(new URL("keeper.mjs", import.meta.url));

/** Seconds that no other run lets a program sleep: each test takes its own, told apart by its digit. */
const own = (digit: number) => digit * 100_000_000 + process.pid;

/** The pid of a `sleep` of this many seconds. */
function sleeping(seconds: number): string | undefined {
  try {
    return execFileSync("pgrep", ["-xf", `sleep ${seconds}`], { encoding: "utf8" }).trim();
  } catch {
    return undefined;
  }
}

const gone = (seconds: number) =>
  until("the program is gone", async () => (sleeping(seconds) === undefined ? true : undefined));

describe("programs of the control plane", () => {
  let directory: string;
  beforeAll(() => void (directory = mkdtempSync(join(tmpdir(), "knative-certs-keeper-"))));
  afterAll(() => rmSync(directory, { recursive: true }));
  const log = () => join(directory, "log");

  it("end when they are stopped", async () => {
    const program = start({ name: "sleep", binary: "sleep", argv: [`${own(1)}`], log: log() });
    await until("the program runs", async () => sleeping(own(1)));
    await program.stop();
    expect(sleeping(own(1))).toBeUndefined();
  });

  it.each(["SIGKILL", "SIGINT", "SIGTERM"] as const)(
    "end when the run ends by %s",
    async (signal) => {
      const script = `
      require("node:child_process").spawn(process.execPath, [${JSON.stringify(keeper)}, "sleep", "${own(2)}"],
        { stdio: ["pipe", "ignore", "ignore"], detached: true });
      setTimeout(() => {}, 60_000);`;
      const run = spawn(process.execPath, ["-e", script]);
      await until("the program runs", async () => sleeping(own(2)));
      run.kill(signal);
      await expect(gone(own(2))).resolves.toBe(true);
    },
  );

  it("are named with their last words when they end too early", async () => {
    const argv = ["-c", "echo no such flag; exit 3"];
    const program = start({ name: "etcd", binary: "sh", argv, log: log() });
    await expect(
      until("etcd is ready", async () => undefined, { alive: program.mustRun }),
    ).rejects.toThrow("etcd has ended: no such flag");
    expect(readFileSync(log(), "utf8")).toBe("no such flag\n");
  });

  it("get ports that differ", async () => {
    expect(new Set(await freePorts(20)).size).toBe(20);
  });

  it("get ports that no run beside them gets", async () => {
    const taken: number[] = [];
    while (taken.length < 6) {
      vi.resetModules(); // as another process would, the next import begins anew
      const { freePorts: ofRun } = await import("./ports.ts");
      taken.push(...(await ofRun(2)).map(blockOf));
    }
    expect(new Set(taken).size).toBe(3);
  });
});

/** The hundred that a port lies in. */
function blockOf(port: number): number {
  return Math.floor(port / 100);
}

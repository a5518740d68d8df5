import { spawnSync, type SpawnSyncOptions } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";

export interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** A new directory that stands for a clean machine: its own home, so no cache and no settings of the user's. */
export function cleanMachine(): string {
  return mkdtempSync(join(tmpdir(), "knative-certs-ship-"));
}

/** Runs a program on a clean machine, with `path` before Node, npm and the system on its PATH. */
export function runOn(
  machine: string,
  command: readonly string[],
  { path = [], ...options }: SpawnSyncOptions & { readonly path?: readonly string[] } = {},
): Ended {
  const [program = "", ...args] = command;
  const { status, stdout, stderr, error } = spawnSync(program, args, {
    cwd: machine,
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
    ...options,
    env: {
      HOME: machine,
      PATH: [...path, dirname(process.execPath), process.env["PATH"] ?? ""].join(delimiter),
      // Where packages come from is the user's business, on a clean machine too.
      ...pick(
        /^(?:npm_config_registry|npm_config_cafile|NODE_EXTRA_CA_CERTS|PIP_|SSL_CERT|HTTPS?_PROXY|NO_PROXY)/i,
      ),
      ...options.env,
    },
  });
  if (error) throw error;
  return { code: status ?? -1, out: String(stdout), err: String(stderr) };
}

function pick(names: RegExp): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => names.test(name)));
}

export function has(program: string, ...args: readonly string[]): boolean {
  return spawnSync(program, args, { stdio: "ignore" }).status === 0;
}

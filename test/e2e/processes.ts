import { spawn, type ChildProcess } from "node:child_process";
import { closeSync, openSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const keeper = fileURLToPath(new URL("keeper.mjs", import.meta.url));

/** A program of the control plane that runs, with what it says in a file. */
export interface Program {
  readonly name: string;
  readonly log: string;
  /** Fails with the last words of the program when it is gone. */
  readonly mustRun: () => void;
  readonly stop: () => Promise<void>;
}

export interface Command {
  readonly name: string;
  readonly binary: string;
  readonly argv: readonly string[];
  readonly log: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Starts one of the programs that `npm run e2e:build` made, with its log in the cluster's directory. */
export type Run = (name: string, argv: readonly string[], env?: Command["env"]) => Program;

/** Starts a program that ends with this process, even when this process is killed. */
export function start({ name, binary, argv, log, env = {} }: Command): Program {
  const file = openSync(log, "a");
  const child = spawn(process.execPath, [keeper, binary, ...argv], {
    stdio: ["pipe", file, file],
    env: { PATH: process.env["PATH"], HOME: process.env["HOME"], ...env },
    detached: true,
  });
  closeSync(file);
  const ended = endOf(child);
  const mustRun = () => {
    if (child.exitCode !== null || child.signalCode !== null)
      throw new Error(`${name} has ended: ${lastWords(log)}`);
  };
  const stop = async () => {
    child.stdin?.destroy();
    await ended;
  };
  return { name, log, mustRun, stop };
}

function endOf(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    child.once("exit", () => resolve());
    child.once("error", () => resolve());
  });
}

function lastWords(log: string): string {
  return readFileSync(log, "utf8").trimEnd().split("\n").slice(-15).join("\n");
}

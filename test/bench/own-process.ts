import { spawnSync } from "node:child_process";
import { resolve } from "node:path";

/** What a program of node_modules/.bench/bench says of one run in a process of its own, as JSON. */
export function runOwn(program: string, argument: string): unknown {
  const path = resolve("node_modules/.bench/bench", program);
  const { stdout, status, stderr } = spawnSync(process.execPath, [path, argument], {
    encoding: "utf8",
    env: { ...process.env, NODE_EXTRA_CA_CERTS: undefined, NODE_OPTIONS: undefined },
  });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}

/** The peak of this process so far. */
export function megabytes(): number {
  return process.resourceUsage().maxRSS / 1024;
}

/** Processor time in milliseconds. */
export function timed<T>(work: () => T): readonly [T, number] {
  const before = process.cpuUsage();
  const result = work();
  const { user, system } = process.cpuUsage(before);
  return [result, (user + system) / 1000];
}

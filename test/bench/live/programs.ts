import { spawn, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Cluster } from "../../e2e/cluster.ts";
import type { Loaded, Measured } from "./measured.ts";

const environment = { ...process.env, NODE_EXTRA_CA_CERTS: undefined, NODE_OPTIONS: undefined };
const program = resolve("dist/main.js");

/** The time that everything is judged at: a few days after the recording was made. */
const now = "2026-11-27T00:00:00Z";

const unknown = { peak: Number.NaN, objects: Number.NaN, requests: Number.NaN };

function node(args: readonly string[], env: Readonly<Record<string, string>> = {}): string {
  const { stdout, stderr, status, error } = spawnSync(process.execPath, args, {
    encoding: "utf8",
    maxBuffer: 1e9,
    env: { ...environment, ...env },
  });
  if (error) throw error;
  if (status !== 0 && status !== 1)
    throw new Error(`${args.join(" ")}: ${String(status)} ${stderr}`);
  return stdout;
}

export function load({ kubeconfig }: Cluster): Loaded {
  return JSON.parse(node(["node_modules/.bench/bench/live-load.mjs", kubeconfig()])) as Loaded;
}

export function raw({ kubeconfig }: Cluster, lists: readonly string[]): Measured {
  const args = ["node_modules/.bench/bench/live-raw.mjs", kubeconfig(), ...lists];
  return JSON.parse(node(args)) as Measured;
}

/** `kubectl get --raw` of one list after the other, in whole. */
export function kubectl({ kubeconfig }: Cluster, lists: readonly string[]): Measured {
  const start = performance.now();
  for (const list of lists) {
    const whole = list.replace("limit=500&", "").replace("?limit=500", "");
    const args = ["--kubeconfig", kubeconfig(), "get", "--raw", whole];
    const { status, stderr } = spawnSync("kubectl", args, { stdio: ["ignore", "ignore", "pipe"] });
    if (status !== 0) throw new Error(`kubectl get --raw ${whole}: ${stderr.toString()}`);
  }
  const milliseconds = performance.now() - start;
  return { ...unknown, milliseconds, requests: lists.length };
}

interface Report {
  readonly findings: readonly { readonly code: string; readonly subject: { namespace: string } }[];
  readonly clusters: readonly { readonly coverage: { readonly evaluated: number } }[];
}

/** The whole of `check`, with its report. */
export function check(cluster: Cluster): Measured & { readonly report: Report } {
  const file = join(cluster.directory, "peak");
  const start = performance.now();
  const out = node(["--import", resolve("test/bench/live/peak.mjs"), program, ...argvOf(cluster)], {
    PEAK_FILE: file,
  });
  const milliseconds = performance.now() - start;
  const report = JSON.parse(out) as Report;
  return { ...unknown, milliseconds, peak: Number(readFileSync(file, "utf8")), report };
}

function argvOf({ kubeconfig }: Cluster): readonly string[] {
  return ["check", "--no-config", "-o", "json", "--now", now, "--kubeconfig", kubeconfig()];
}

export interface Watching {
  /** The next report that is written from now on, and when it was there. */
  readonly next: () => Promise<{ readonly report: Report; readonly at: number }>;
  readonly stop: () => void;
}

export function watch(cluster: Cluster): Watching {
  const child = spawn(process.execPath, [program, ...argvOf(cluster), "--watch"], {
    env: environment,
    stdio: ["ignore", "pipe", "inherit"],
  });
  let text = "";
  let heard: (() => void) | undefined;
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
    text += chunk;
    if (text.endsWith("\n}\n")) heard?.();
  });
  return {
    next: () =>
      new Promise((done) => {
        heard = () => {
          heard = undefined;
          const report = JSON.parse(text) as Report;
          text = "";
          done({ report, at: performance.now() });
        };
        if (text.endsWith("\n}\n")) heard();
      }),
    stop: () => child.kill(),
  };
}

import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { delimiter, join, resolve } from "node:path";
import type { Cluster } from "./cluster.ts";

interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

export interface Shell {
  /** A new directory, in which the commands run. */
  readonly directory: string;
  readonly env: Readonly<Record<string, string>>;
  readonly run: (command: string) => Ended;
}

/** A shell as a user of the cluster has it: kubectl with the plugin, and a kubeconfig of one's own. */
export function shellIn(cluster: Cluster, { user }: { readonly user?: string } = {}): Shell {
  const programs = join(cluster.directory, "programs");
  const directory = join(cluster.directory, "home");
  for (const one of [programs, directory]) mkdirSync(one, { recursive: true });
  const plugin = join(programs, "kubectl-knative_certs");
  writeFileSync(plugin, `#!/bin/sh\nexec ${process.execPath} ${resolve("dist/main.js")} "$@"\n`);
  chmodSync(plugin, 0o755);
  const env = {
    HOME: directory,
    KUBECONFIG: cluster.kubeconfig(user),
    PATH: `${programs}${delimiter}${process.env["PATH"] ?? ""}`,
  };
  return {
    directory,
    env,
    run: (command) => {
      const { status, stdout, stderr, error } = spawnSync("bash", ["-c", command], {
        cwd: directory,
        env,
        encoding: "utf8",
        // What waits for ever would stop the whole run.
        timeout: 300_000,
      });
      if (error) throw error;
      return { code: status ?? -1, out: stdout, err: stderr };
    },
  };
}

import { ran, type Ran } from "../../support/command-line.ts";
import type { Cluster } from "../cluster.ts";

interface Gap {
  readonly code: string;
  readonly why: string;
  readonly rbac?: string;
}

interface Document {
  readonly findings: readonly { readonly code: string; readonly evidence: readonly string[] }[];
  readonly clusters: readonly {
    readonly coverage: { readonly notEvaluated: readonly Gap[]; readonly ratio: number };
  }[];
}

/** Runs a command line against the cluster as one of its users, now. */
export function as(cluster: Cluster, user: string, ...argv: readonly string[]): Promise<Ran> {
  return through(cluster.kubeconfig(user), ...argv);
}

export function through(kubeconfig: string, ...argv: readonly string[]): Promise<Ran> {
  return ran([...argv, "--no-config", "--kubeconfig", kubeconfig], { now: clock });
}

export function clock(): Date {
  return new Date();
}

export function check(cluster: Cluster, user: string, ...argv: readonly string[]): Promise<Ran> {
  return as(cluster, user, "check", "-o", "json", ...argv);
}

export function parsed({ out, err }: Ran): Document {
  if (out === "") throw new Error(`nothing on standard output; on standard error: ${err}`);
  return JSON.parse(out) as Document;
}

export function codesOf(outcome: Ran): readonly string[] {
  return parsed(outcome).findings.map(({ code }) => code);
}

export function gapsOf(outcome: Ran): readonly Gap[] {
  return parsed(outcome).clusters.flatMap(({ coverage }) => coverage.notEvaluated);
}

import { run } from "../../cmd/run.ts";
import type { Cluster } from "./cluster.ts";
import { dump } from "./dump.ts";
import type { Observed } from "./observe.ts";

interface Finding {
  readonly code: string;
  readonly severity: "error" | "warning" | "info";
  readonly subject: { readonly kind: string; readonly namespace: string; readonly name: string };
  readonly message: string;
  /** Fingerprints of the findings that this one follows from; empty for a root. */
  readonly causes: readonly string[];
  readonly accepted: unknown;
}

export interface Report {
  readonly findings: readonly Finding[];
  readonly clusters: readonly {
    readonly coverage: { readonly notEvaluated: readonly { code: string; why: string }[] };
  }[];
}

/** Runs one command line in this process and gives what it wrote to stdout; the exit code must be one of `codes`. */
async function said(
  argv: readonly string[],
  {
    codes = [0, 1],
    env = {},
  }: { codes?: readonly number[]; env?: Readonly<Record<string, string>> } = {},
): Promise<string> {
  let out = "";
  let err = "";
  const code = await run(argv, "/usr/local/bin/kubectl-knative_certs", {
    out: (text) => (out += text),
    err: (text) => (err += text),
    env,
    cwd: process.cwd(),
    columns: undefined,
    now: () => new Date(),
  });
  if (!codes.includes(code)) throw new Error(`${argv.join(" ")}: exit ${code}\n${err}${out}`);
  return out;
}

/** What the program finds in a dump of the cluster as it is now. */
export async function reported(cluster: Cluster): Promise<Report> {
  const file = await dump(cluster);
  return JSON.parse(
    await said(["lint", "--complete", file, "--no-config", "-o", "json"]),
  ) as Report;
}

/** `CODE Kind/namespace/name` of every root among errors and warnings, or of all severities. */
export function roots({ findings }: Report, severities = ["error", "warning"]): readonly string[] {
  return findings
    .filter(({ causes, severity }) => causes.length === 0 && severities.includes(severity))
    .map(({ code, subject }) => `${code} ${pathOf(subject)}`)
    .toSorted();
}

function pathOf({ kind, namespace, name }: Finding["subject"]): string {
  return [kind, namespace, name].filter((part) => part !== "").join("/");
}

interface Row {
  readonly dialer: { readonly component: string };
  readonly endpoint: { readonly component: string; readonly namespace: string };
  readonly verdict: "holds" | "fails" | "unknown";
}

/** The verdicts of the program in the form of `observe`, with what was observed beside those that differ. */
export async function handshakesBeside(cluster: Cluster, observed: Observed): Promise<Observed> {
  const file = await dump(cluster);
  const out = await said(["handshakes", "--complete", file, "--no-config", "-o", "json"]);
  if (out.includes("does not verify certificates yet")) {
    console.warn("not compared: the program does not verify certificates yet");
    return observed;
  }
  const { handshakes: rows } = JSON.parse(out) as { readonly handshakes: readonly Row[] };
  const verdictOf = (dialer: string, who: string): string | undefined => {
    const of = rows.filter(({ dialer: { component }, endpoint }) => {
      const name = endpoint.component === "activator" ? "activator" : endpoint.namespace;
      return component === dialer && name === who;
    });
    return of.map(({ verdict }) => verdict).join() || undefined;
  };
  const beside = (dialer: string, seen: Readonly<Record<string, string>>) =>
    Object.fromEntries(
      Object.entries(seen).map(([who, decision]) => {
        const verdict = verdictOf(dialer, who) ?? "no row";
        const agreed = verdict === (decision === "ok" ? "holds" : "fails");
        return [who, agreed ? decision : verdict];
      }),
    );
  return {
    activatorToQueueProxy: beside("activator", observed.activatorToQueueProxy),
    gatewayTo: beside("kourier-gateway", observed.gatewayTo),
  };
}

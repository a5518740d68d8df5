import { join } from "node:path";
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
  readonly fingerprint: string;
  readonly related: readonly { readonly note: string }[];
}

export interface Report {
  readonly findings: readonly Finding[];
  readonly clusters: readonly {
    readonly coverage: { readonly notEvaluated: readonly { code: string; why: string }[] };
  }[];
}

/** Runs one command line in this process and gives what it wrote to stdout; the exit code must be one of `codes`. */
export async function said(
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

/** What the program finds in the cluster as it is now. */
export async function reported(cluster: Cluster): Promise<Report> {
  const live = ["check", "--kubeconfig", cluster.kubeconfig(), "--no-config", "-o", "json"];
  return JSON.parse(await said(live)) as Report;
}

/** What a live run, a snapshot and a dump by kubectl of one moment each find, without where it stands and whose it is. */
export async function reportedAlike(cluster: Cluster): Promise<Readonly<Record<Way, unknown>>> {
  const snapshot = join(cluster.directory, "snapshot.json.gz");
  const kubeconfig = ["--kubeconfig", cluster.kubeconfig()];
  await said(["snapshot", ...kubeconfig, "-o", snapshot]);
  const same = ["--no-config", "--now", new Date().toISOString(), "-o", "json"];
  const findings = async (...argv: readonly string[]) =>
    withoutProvenance(JSON.parse(await said([...argv, ...same])) as Report);
  return {
    live: await findings("check", ...kubeconfig),
    snapshot: await findings("check", "--from", snapshot),
    dump: await findings("lint", "--complete", await dump(cluster)),
  };
}

type Way = "live" | "snapshot" | "dump";

/** Findings without files, lines, the cluster's name, and the fingerprints that hold that name. */
function withoutProvenance({ findings }: Report): readonly unknown[] {
  const nameOf = new Map(
    findings.map(({ fingerprint, code, subject }) => [fingerprint, `${code} ${pathOf(subject)}`]),
  );
  return findings.map(({ related, causes, ...finding }) => ({
    ...finding,
    cluster: "",
    location: null,
    fingerprint: "",
    related: related.map(({ note }) => note),
    causes: causes.map((cause) => nameOf.get(cause) ?? "").toSorted((a, b) => (a < b ? -1 : 1)),
  }));
}

/** Every finding by what it is about and follows from, without words, which tell how long things have been so. */
export function verdictsOf({ findings }: Report): readonly unknown[] {
  return findings.map(({ code, severity, subject, causes, fingerprint }) => [
    code,
    severity,
    pathOf(subject),
    fingerprint,
    causes,
  ]);
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

export interface Row {
  readonly dialer: { readonly component: string };
  readonly endpoint: { readonly component: string; readonly namespace: string };
  readonly verdict: "holds" | "fails" | "unknown";
}

/** The verdicts of the program in the form of `observe`, with what was observed beside those that differ. */
export async function handshakesBeside(cluster: Cluster, observed: Observed): Promise<Observed> {
  const file = await dump(cluster);
  const out = await said(["handshakes", "--complete", file, "--no-config", "-o", "json"]);
  const { handshakes } = JSON.parse(out) as { readonly handshakes: readonly Row[] };
  return beside(handshakes, observed);
}

/** What rows say, in the words of what was observed where they agree with it. */
export function beside(rows: readonly Row[], observed: Observed): Observed {
  const verdictOf = (dialer: string, who: string): string => {
    const those = rows.filter(({ dialer: { component }, endpoint }) => {
      const name = endpoint.component === "activator" ? "activator" : endpoint.namespace;
      return component === dialer && name === who;
    });
    return those.map(({ verdict }) => verdict).join() || "no row";
  };
  const agreeing = (dialer: string, seen: Readonly<Record<string, string>>) =>
    Object.fromEntries(
      Object.entries(seen).map(([who, decision]) => {
        const verdict = verdictOf(dialer, who);
        const agreed = verdict === (decision === "ok" ? "holds" : "fails");
        return [who, agreed ? decision : verdict];
      }),
    );
  return {
    activatorToQueueProxy: agreeing("activator", observed.activatorToQueueProxy),
    gatewayTo: agreeing("kourier-gateway", observed.gatewayTo),
  };
}

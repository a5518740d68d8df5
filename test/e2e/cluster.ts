import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { globSync } from "tinyglobby";
import { startApiServer } from "./api-server.ts";
import { apiOf, of, type Api } from "./api.ts";
import { built } from "./built.ts";
import { isEstablished } from "./conditions.ts";
import { startAcme, startCertManager, startTrustManager, type Acme } from "./controllers.ts";
import { definitions } from "./definitions.ts";
import { kubeconfigOf, runKubectl, type Invocation } from "./kubectl.ts";
import { start, type Program, type Run } from "./processes.ts";

/** A running control plane: API server, etcd, and the controllers that were asked for. */
export interface Cluster {
  /** A directory of its own, for logs and whatever a test wants to put down; gone after `stop`. */
  readonly directory: string;
  readonly server: string;
  /** Where etcd answers, which asks nobody who he is. */
  readonly etcd: string;
  /** The administrator's view. */
  readonly api: Api;
  readonly apiAs: (user: string) => Api;
  /** The path of a kubeconfig; by default the administrator's. */
  readonly kubeconfig: (user?: string) => string;
  /** Runs the real kubectl, as the administrator, and gives what it printed. */
  readonly kubectl: (argv: readonly string[], invocation?: Invocation) => Promise<string>;
  /** `kubectl apply` of YAML or JSON text. */
  readonly apply: (text: string) => Promise<void>;
  readonly startCertManager: () => Promise<Program>;
  /** The namespace cert-manager, its trust namespace, is made when it is not there. */
  readonly startTrustManager: () => Promise<Program>;
  /** An ACME server, Pebble, which validates nothing; gives its directory's address and the CA to trust. */
  readonly startAcme: () => Promise<Acme>;
  readonly stop: () => Promise<void>;
}

export interface ClusterOptions {
  /** Users beside `admin`: they have a token and no right at all until RBAC gives them some. */
  readonly users?: readonly string[];
}

const admin = "admin";
const mark = join(tmpdir(), "knative-certs-e2e-");

/** Starts etcd and the API server on free loopback ports, with every CRD of Knative, cert-manager and trust-manager. */
export async function startCluster({ users = [] }: ClusterOptions = {}): Promise<Cluster> {
  sweep();
  const directory = mkdtempSync(`${mark}${process.pid}-`);
  const programs: Program[] = [];
  const apis: Api[] = [];
  const stop = async () => {
    for (const api of apis) api.close();
    for (const program of programs.toReversed()) await program.stop();
    rmSync(directory, { recursive: true, force: true });
  };
  try {
    const tokens = new Map(
      [admin, ...users].map((user) => [user, randomBytes(16).toString("hex")]),
    );
    const run: Run = (name, argv, env) => {
      const log = join(directory, `${name}.log`);
      const program = start({ name, binary: built(name), argv, log, ...(env && { env }) });
      programs.push(program);
      return program;
    };
    const { server, ca, etcd } = await startApiServer(directory, tokens, run);
    for (const [user, token] of tokens)
      writeFileSync(
        join(directory, `${user}.kubeconfig`),
        kubeconfigOf({ server, ca, user, token }),
      );
    const apiAs = (user: string) => {
      const api = apiOf({ server, ca, token: tokens.get(user) ?? "" });
      apis.push(api);
      return api;
    };
    const kubeconfig = (user = admin) => join(directory, `${user}.kubeconfig`);
    const kubectl: Cluster["kubectl"] = (argv, invocation = {}) =>
      runKubectl(["--kubeconfig", kubeconfig(), ...argv], invocation);
    const apply = async (text: string) => {
      await kubectl(["apply", "--server-side", "--force-conflicts", "-f", "-"], { input: text });
    };
    const api = apiAs(admin);
    await apply(definitions());
    for (const { metadata } of await api.list("CustomResourceDefinition"))
      await api.wait(of("CustomResourceDefinition", metadata.name), isEstablished);
    const controllers = { directory, run, api, apply, kubeconfig: kubeconfig() };
    return {
      directory,
      server,
      etcd,
      api,
      apiAs,
      kubeconfig,
      kubectl,
      apply,
      startCertManager: () => startCertManager(controllers),
      startTrustManager: () => startTrustManager(controllers),
      startAcme: () => startAcme(controllers),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Removes the directories of runs that were killed. */
function sweep(): void {
  for (const path of globSync(`${mark}*`, { onlyDirectories: true, absolute: true })) {
    const pid = Number(/^\d+/.exec(path.slice(mark.length))?.[0]);
    if (!isRunning(pid)) rmSync(path, { recursive: true, force: true });
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

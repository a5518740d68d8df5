import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Api } from "./api.ts";
import { servingCertificate } from "./api-server.ts";
import { freePorts } from "./ports.ts";
import type { Program, Run } from "./processes.ts";
import { until } from "./until.ts";

/** What a controller needs of the cluster it works in. */
interface Surroundings {
  readonly directory: string;
  readonly run: Run;
  readonly api: Api;
  readonly kubeconfig: string;
}

export async function startCertManager({ run, api, kubeconfig }: Surroundings): Promise<Program> {
  await makeNamespace(api, "cert-manager");
  return run("cert-manager", [`--kubeconfig=${kubeconfig}`, "-v=2"]);
}

export async function startTrustManager(around: Surroundings): Promise<Program> {
  const { directory, run, api, kubeconfig } = around;
  await makeNamespace(api, "cert-manager");
  const webhook = join(directory, "trust-manager-webhook");
  const { cert, key } = servingCertificate(directory);
  mkdirSync(webhook);
  copyFileSync(cert, join(webhook, "tls.crt"));
  copyFileSync(key, join(webhook, "tls.key"));
  const [webhookPort = 0, readyPort = 0, metricsPort = 0] = await freePorts(3);
  const program = run("trust-manager", [
    `--kubeconfig=${kubeconfig}`,
    "--leader-elect=false",
    "--trust-namespace=cert-manager",
    `--webhook-certificate-dir=${webhook}`,
    "--webhook-host=127.0.0.1",
    `--webhook-port=${webhookPort}`,
    `--readiness-probe-port=${readyPort}`,
    `--metrics-port=${metricsPort}`,
  ]);
  await until(
    "trust-manager is ready",
    async () => {
      const { ok } = await fetch(`http://127.0.0.1:${readyPort}/readyz`);
      return ok ? true : undefined;
    },
    { alive: program.mustRun },
  );
  return program;
}

export interface Acme {
  /** The address of its ACME directory. */
  readonly url: string;
  /** PEM, base64, as an ACME issuer's `caBundle` wants it. */
  readonly caBundle: string;
}

/** Pebble believes every challenge, but refuses cluster-internal names as a public CA does. */
export async function startAcme({ directory, run }: Surroundings): Promise<Acme> {
  const [port = 0, http = 0, tls = 0] = await freePorts(3);
  const { cert, key } = servingCertificate(directory);
  const config = join(directory, "pebble.json");
  const pebble = {
    listenAddress: `127.0.0.1:${port}`,
    managementListenAddress: "",
    certificate: cert,
    privateKey: key,
    domainBlocklist: ["knative.dev", "cluster.local", "svc"],
    httpPort: http,
    tlsPort: tls,
  };
  writeFileSync(config, JSON.stringify({ pebble }));
  const program = run("pebble", ["-config", config], {
    PEBBLE_VA_ALWAYS_VALID: "1",
    PEBBLE_VA_NOSLEEP: "1",
    PEBBLE_WFE_NONCEREJECT: "0",
  });
  await until(
    "Pebble listens",
    async () => (readFileSync(program.log, "utf8").includes("Listening on") ? true : undefined),
    { alive: program.mustRun },
  );
  return {
    url: `https://127.0.0.1:${port}/dir`,
    caBundle: readFileSync(cert).toString("base64"),
  };
}

async function makeNamespace(api: Api, name: string): Promise<void> {
  const ref = { kind: "Namespace", namespace: "", name } as const;
  if (await api.get(ref)) return;
  await api.create({ apiVersion: "v1", kind: "Namespace", metadata: { name } });
}

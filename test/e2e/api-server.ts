import { generateKeyPairSync } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { apiOf } from "./api.ts";
import { freePorts } from "./ports.ts";
import type { Run } from "./processes.ts";
import { until } from "./until.ts";

/** The serving certificate that the API server makes for itself; other programs may use it too. */
export function servingCertificate(directory: string): {
  readonly cert: string;
  readonly key: string;
} {
  return {
    cert: join(directory, "apiserver", "apiserver.crt"),
    key: join(directory, "apiserver", "apiserver.key"),
  };
}

/** Starts etcd and the API server, and waits until it is ready. `tokens`: by user; the first is an administrator. */
export async function startApiServer(
  directory: string,
  tokens: ReadonlyMap<string, string>,
  run: Run,
): Promise<{ readonly server: string; readonly ca: string; readonly etcd: string }> {
  const [client = 0, peer = 0, secure = 0] = await freePorts(3);
  const etcdUrl = `http://127.0.0.1:${client}`;
  const store = run("etcd", [
    `--data-dir=${join(directory, "etcd")}`,
    `--listen-client-url=${etcdUrl}`,
    `--listen-peer-url=http://127.0.0.1:${peer}`,
  ]);

  const { cert } = servingCertificate(directory);
  const own = (name: string) => join(directory, "apiserver", name);
  mkdirSync(own(""));
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  writeFileSync(own("sa.key"), privateKey.export({ type: "pkcs8", format: "pem" }), {
    mode: 0o600,
  });
  writeFileSync(own("sa.pub"), publicKey.export({ type: "spki", format: "pem" }));
  writeFileSync(own("tokens.csv"), tokenFile(tokens), { mode: 0o600 });
  const apiServer = run("kube-apiserver", [
    `--etcd-servers=${etcdUrl}`,
    "--bind-address=127.0.0.1",
    `--secure-port=${secure}`,
    `--cert-dir=${own("")}`,
    `--service-account-key-file=${own("sa.pub")}`,
    `--service-account-signing-key-file=${own("sa.key")}`,
    "--service-account-issuer=https://kubernetes.default.svc",
    "--service-cluster-ip-range=10.0.0.0/24",
    `--token-auth-file=${own("tokens.csv")}`,
    "--authorization-mode=RBAC",
    "--disable-admission-plugins=ServiceAccount",
    "--endpoint-reconciler-type=none",
    "--allow-privileged",
  ]);

  const server = `https://127.0.0.1:${secure}`;
  const [token = ""] = tokens.values();
  await until(
    "the API server is ready",
    async () => {
      const api = apiOf({ server, ca: readFileSync(cert, "utf8"), token });
      try {
        await api.ask("GET", "/readyz");
        return true;
      } finally {
        api.close();
      }
    },
    {
      seconds: 90,
      alive: () => {
        store.mustRun();
        apiServer.mustRun();
      },
    },
  );
  return { server, ca: readFileSync(cert, "utf8"), etcd: etcdUrl };
}

function tokenFile(tokens: ReadonlyMap<string, string>): string {
  return [...tokens]
    .map(([user, token], i) =>
      [token, user, user, ...(i === 0 ? ['"system:masters"'] : [])].join(","),
    )
    .join("\n");
}

import { execFile } from "node:child_process";

export interface Invocation {
  /** What comes on standard input. */
  readonly input?: string;
  readonly cwd?: string;
}

/** Runs the real kubectl and gives what it printed; fails with what it said on stderr. */
export function runKubectl(
  argv: readonly string[],
  { input = "", cwd = process.cwd() }: Invocation,
): Promise<string> {
  return new Promise((resolve, reject) => {
    const options = { maxBuffer: 1 << 30, encoding: "utf8", cwd } as const;
    const child = execFile("kubectl", argv, options, (error, out, err) => {
      if (error) reject(new Error(`kubectl ${argv.join(" ")}: ${err || error.message}`));
      else resolve(out);
    });
    child.stdin?.end(input);
  });
}

export interface User {
  readonly server: string;
  /** PEM */
  readonly ca: string;
  readonly user: string;
  readonly token: string;
}

/** A kubeconfig for one user; JSON, which is YAML too. */
export function kubeconfigOf({ server, ca, user, token }: User): string {
  const data = Buffer.from(ca).toString("base64");
  return JSON.stringify({
    apiVersion: "v1",
    kind: "Config",
    clusters: [{ name: "e2e", cluster: { server, "certificate-authority-data": data } }],
    users: [{ name: user, user: { token } }],
    contexts: [{ name: "e2e", context: { cluster: "e2e", user } }],
    "current-context": "e2e",
  });
}

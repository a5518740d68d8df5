import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

/** Where controlplane/build.sh puts what it builds. */
function cache(): string {
  const { KNATIVE_CERTS_E2E_CACHE: own, XDG_CACHE_HOME: xdg } = process.env;
  if (own) return own;
  return join(xdg || join(homedir(), ".cache"), "kubectl-knative-certs-e2e");
}

/** The path of one thing that was built there. */
export function built(name: string): string {
  const path = join(cache(), name);
  if (!existsSync(path)) throw new Error(`${path} does not exist: run \`npm run e2e:build\``);
  return path;
}

export function isBuilt(name: string): boolean {
  return existsSync(join(cache(), name));
}

import { existsSync, readFileSync } from "node:fs";
import { isIPv6 } from "node:net";
import { join } from "node:path";
import type { Kubeconfig } from "./kubeconfig.ts";
import type { Surroundings } from "./surroundings.ts";

const mount = "/var/run/secrets/kubernetes.io/serviceaccount";

/** The name under which a report speaks of the cluster that the program itself runs in. */
const inClusterName = "in-cluster";

/** How a pod reaches its own API server (client-go rest.InClusterConfig); undefined outside of clusters. */
export function inCluster(
  { env }: Pick<Surroundings, "env">,
  directory = mount,
): Kubeconfig | undefined {
  const host = env["KUBERNETES_SERVICE_HOST"];
  const port = env["KUBERNETES_SERVICE_PORT"];
  const tokenFile = join(directory, "token");
  if (!host || !port || !existsSync(tokenFile)) return undefined;
  const authority = join(directory, "ca.crt");
  const namespaceFile = join(directory, "namespace");
  const namespace = existsSync(namespaceFile) ? readFileSync(namespaceFile, "utf8").trim() : "";
  return {
    clusters: new Map([
      [
        inClusterName,
        {
          server: `https://${isIPv6(host) ? `[${host}]` : host}:${port}`,
          ...(existsSync(authority) && { "certificate-authority": authority }),
        },
      ],
    ]),
    users: new Map([[inClusterName, { tokenFile }]]),
    contexts: new Map([
      [
        inClusterName,
        { cluster: inClusterName, user: inClusterName, ...(namespace && { namespace }) },
      ],
    ]),
    currentContext: inClusterName,
  };
}

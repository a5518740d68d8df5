import type { Environment } from "../../model/environment.ts";
import type { Kind } from "../../model/kinds.ts";
import type { ObjectRef } from "../../model/object.ts";
import { connect, type Client } from "./client.ts";
import { ClusterError, misconfigured } from "./cluster-error.ts";
import { collect, type Collected } from "./collect.ts";
import { durationOf } from "./duration.ts";
import type { ConnectionFlags } from "./flags.ts";
import { inCluster } from "./in-cluster.ts";
import { loadKubeconfig, type Kubeconfig } from "./kubeconfig.ts";
import type { Surroundings } from "./surroundings.ts";
import { contextNames, targetOf, type Target } from "./target.ts";

/** Which clusters to ask, and how. */
export interface ClusterRequest {
  readonly flags: ConnectionFlags;
  readonly contexts: readonly string[];
  readonly allContexts: boolean;
}

export interface OpenOptions {
  readonly wanted: readonly Kind[];
  readonly environment: Environment;
  readonly assumed: readonly ObjectRef[];
  readonly withKeys: boolean;
  readonly onRead: (cluster: string, kind: Kind, objects: number) => void;
}

/** A cluster that answered, or why it did not; its name is that of the context. */
export type OpenedCluster = { readonly name: string; readonly namespace?: string | undefined } & (
  | { readonly state: "open"; readonly client: Client; readonly collected: Collected }
  | { readonly state: "failed"; readonly error: ClusterError }
);

/** Opens every cluster of the request, one after the other; what keeps one from answering does not concern the others. */
export async function openClusters(
  request: ClusterRequest,
  options: OpenOptions,
  surroundings: Surroundings,
): Promise<readonly OpenedCluster[]> {
  const timeout = timeoutOf(request.flags.requestTimeout);
  const kubeconfig = kubeconfigFor(request, surroundings);
  const opened: OpenedCluster[] = [];
  for (const name of contextNames(kubeconfig, request.contexts, request.allContexts)) {
    const open = () => openOne(targetOf(kubeconfig, name, request.flags), timeout);
    opened.push(await guarded(name, open));
  }
  return opened;

  async function openOne(target: Target, limit: number | undefined): Promise<OpenedCluster> {
    const client = await connect(target, limit, surroundings);
    const collected = await collect(client, {
      ...options,
      namespace: request.flags.namespace,
      onRead: (kind, objects) => {
        options.onRead(target.name, kind, objects);
      },
    });
    const { name, namespace } = target;
    return { name, namespace, state: "open", client, collected };
  }
}

async function guarded(name: string, open: () => Promise<OpenedCluster>): Promise<OpenedCluster> {
  try {
    return await open();
  } catch (error) {
    if (error instanceof ClusterError) return { name, state: "failed", error };
    throw error;
  }
}

/** The kubeconfig; inside of a cluster that cluster, where there is none (client-go clientcmd/merged_client_builder.go). */
function kubeconfigFor({ flags }: ClusterRequest, surroundings: Surroundings): Kubeconfig {
  const kubeconfig = loadKubeconfig(flags.kubeconfig, surroundings);
  const empty = kubeconfig.contexts.size + kubeconfig.clusters.size === 0;
  return (
    (empty && flags.kubeconfig === undefined ? inCluster(surroundings) : undefined) ?? kubeconfig
  );
}

/** Milliseconds; undefined for no limit, which is the default as "0" is. */
export function timeoutOf(value: string | undefined): number | undefined {
  if (value === undefined || value === "0") return undefined;
  const milliseconds = durationOf(value);
  if (milliseconds === undefined)
    throw misconfigured(
      `invalid timeout value ${value}. Timeout must be a single integer in seconds, or an integer followed by a corresponding time unit (e.g. 1s | 2m | 3h)`,
    );
  return milliseconds;
}

import { text, type Json } from "../../model/json.ts";
import { connect } from "./client.ts";
import type { ConnectionFlags } from "./flags.ts";
import { loadKubeconfig } from "./kubeconfig.ts";
import { listAll, type Resource } from "./list.ts";
import type { Surroundings } from "./surroundings.ts";
import { contextNames, targetOf } from "./target.ts";

/** Milliseconds: whoever waits has only pressed the tab key. */
const patience = 2000;

export type KubeconfigEntry = "contexts" | "clusters" | "users";

/** The names of what the kubeconfig holds. Throws ClusterError for one that cannot be read. */
export function namesInKubeconfig(
  entry: KubeconfigEntry,
  { kubeconfig }: Pick<ConnectionFlags, "kubeconfig">,
  surroundings: Surroundings,
): readonly string[] {
  return [...loadKubeconfig(kubeconfig, surroundings)[entry].keys()].toSorted();
}

/** The names of the objects of a resource; only metadata travels. Throws ClusterError where the cluster does not answer. */
export async function namesInCluster(
  resource: Resource,
  namespace: string | undefined,
  request: { readonly flags: ConnectionFlags; readonly contexts: readonly string[] },
  surroundings: Surroundings,
): Promise<readonly string[]> {
  const kubeconfig = loadKubeconfig(request.flags.kubeconfig, surroundings);
  const [context = ""] = contextNames(kubeconfig, request.contexts, false);
  const client = await connect(
    targetOf(kubeconfig, context, request.flags),
    patience,
    surroundings,
  );
  try {
    const query = { metadataOnly: true, ...(namespace !== undefined && { namespace }) } as const;
    const options = { withKeys: false, onPage: () => {} };
    const { kept } = await listAll(client, resource, query, nameOf, options);
    return [...new Set(kept)].toSorted();
  } finally {
    client.close();
  }
}

function nameOf(raw: Json): string | undefined {
  return text(raw, "metadata", "name");
}

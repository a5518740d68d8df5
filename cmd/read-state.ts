import type { ConfigFile } from "../src/load/config-file.ts";
import { inventoryOfCluster } from "../src/load/cluster/inventory.ts";
import type { OpenedCluster } from "../src/load/cluster/open.ts";
import type { Inventory } from "../src/model/inventory.ts";
import type { Kind } from "../src/model/kinds.ts";
import { assumedObjects, environmentOf, loadConfig } from "./analysis.ts";
import { openAll } from "./clusters.ts";
import type { Io } from "./io.ts";
import { notice, offlineConfig, readOffline } from "./offline.ts";
import type { EnvironmentRequest, StateRequest } from "./request.ts";
import { snapshotState } from "./snapshot-state.ts";
import type { State } from "./state.ts";

/** The configuration next to the files, or the one next to the user. */
export async function stateConfig(
  request: StateRequest,
  environment: EnvironmentRequest,
  io: Io,
): Promise<ConfigFile | undefined> {
  return readsFiles(request)
    ? offlineConfig(request, environment, io)
    : loadConfig(environment, io.cwd, io);
}

/** True where neither files nor a snapshot were named. */
export function readsCluster(request: StateRequest): boolean {
  return !readsFiles(request) && request.from === undefined;
}

function readsFiles({ paths, kustomizations }: StateRequest): boolean {
  return paths.length + kustomizations.length > 0;
}

/** PATH... are files, --from is a snapshot; without either the cluster is asked, for the kinds that are wanted. */
export async function readState(
  request: StateRequest,
  environment: EnvironmentRequest,
  config: ConfigFile | undefined,
  wanted: readonly Kind[],
  io: Io,
): Promise<State> {
  if (readsFiles(request)) {
    const { input, inventories, unreadInput } = await readOffline(request, environment, config, io);
    return {
      inventories,
      sources: input.sources,
      documents: input.documents,
      unreadInput,
      takenAt: undefined,
      namespace: undefined,
      notice: () => {
        notice(input, inventories, io);
      },
    };
  }
  if (request.from !== undefined)
    return snapshotState(request.from, worldOptions(environment, config), io);
  const opened = await openState(request, environment, config, wanted, io);
  for (const one of opened) if (one.state === "open") one.client.close();
  return liveState(opened, request, environment, config);
}

function worldOptions(environment: EnvironmentRequest, config: ConfigFile | undefined) {
  return { environment: environmentOf(environment, config), assumed: assumedObjects(config) };
}

/** The clusters of the request, open to be asked more. */
export function openState(
  request: StateRequest,
  environment: EnvironmentRequest,
  config: ConfigFile | undefined,
  wanted: readonly Kind[],
  io: Io,
): Promise<readonly OpenedCluster[]> {
  const options = worldOptions(environment, config);
  return openAll(request.cluster, { ...options, wanted, withKeys: request.readPrivateKeys }, io);
}

/** What was read of clusters. */
export function liveState(
  opened: readonly OpenedCluster[],
  request: StateRequest,
  environment: EnvironmentRequest,
  config: ConfigFile | undefined,
  before: readonly Inventory[] = [],
): State {
  const options = worldOptions(environment, config);
  return {
    inventories: opened.map((one, i) => inventoryOfCluster(one, options, before[i])),
    sources: new Map(),
    documents: answered(opened),
    unreadInput: opened.some(({ state }) => state === "failed"),
    takenAt: undefined,
    namespace:
      request.cluster.flags.namespace ??
      opened.find(({ namespace }) => namespace !== undefined)?.namespace,
    notice: () => undefined,
  };
}

/** A cluster in which nothing may be read is as good as no input. */
function answered(opened: readonly OpenedCluster[]): number {
  const kinds = opened.flatMap((one) =>
    one.state === "open" ? [...one.collected.kinds.values()] : [],
  );
  // Rules that read nothing need no answer.
  return kinds.length === 0 ? 1 : kinds.filter((kind) => kind.answered).length;
}

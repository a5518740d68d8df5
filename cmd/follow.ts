import type { Analysis } from "../src/engine/analyze.ts";
import { kindsReadBy } from "../src/engine/closure.ts";
import type { OpenedCluster } from "../src/load/cluster/open.ts";
import { environmentOf } from "./analysis.ts";
import { withChange } from "./change.ts";
import type { Io } from "./io.ts";
import { judgeFor, narrow, settle, type Settled } from "./judge.ts";
import type { CheckRequest } from "./request.ts";
import { pace, type Pace } from "./pace.ts";
import { liveState, openState, readsCluster, stateConfig } from "./read-state.ts";
import type { State } from "./state.ts";
import { UserError } from "./user-error.ts";

/** Clusters that are judged again whenever something in them changes. */
export interface Following {
  readonly first: Settled;
  /** Calls back with each later state until `stop`. */
  readonly each: (changed: (settled: Settled) => void) => void;
  readonly stop: () => void;
}

export async function followClusters(request: CheckRequest, io: Io): Promise<Following> {
  if (!readsCluster(request))
    throw new UserError(
      "--watch and --wait follow a cluster",
      "Files and snapshots do not change.",
    );
  const { analysis, allowEmpty } = request;
  const config = await stateConfig(request, analysis, io);
  const { judgeAgain, selected } = await judgeFor(analysis, config, request.namespace, io);
  const wanted = kindsReadBy(selected.rules.map(({ rule }) => rule));
  const opened = await openState(request, analysis, config, wanted, io);
  const { followCluster } = await import("../src/load/cluster/follow.ts");
  const listeners = new Set<() => void>();
  const followed = opened.map((one) =>
    one.state === "open"
      ? followCluster(
          one.client,
          one.collected,
          {
            environment: environmentOf(analysis, config),
            namespace: request.cluster.flags.namespace,
            withKeys: request.readPrivateKeys,
          },
          () => {
            for (const heard of listeners) heard();
          },
        )
      : undefined,
  );
  const present = (): readonly OpenedCluster[] =>
    opened.map((one, i) => {
      const now = followed[i];
      return one.state === "open" && now ? { ...one, collected: now.collected() } : one;
    });
  let live: State | undefined;
  let before: Analysis | undefined;
  const judged = async (anew: boolean): Promise<Settled> => {
    const now = analysis.now ?? io.now();
    live = liveState(present(), request, analysis, config, live?.inventories);
    const state = await withChange(live, request, now);
    before = judgeAgain(state.inventories, now, anew ? undefined : before);
    const asks = before.worlds.map(({ facts }) => facts.ask);
    const had = { ...state, allowEmpty, now, asks };
    return settle(narrow(before.report, request.namespace), analysis, config, had);
  };
  const start = performance.now();
  const first = await judged(true);
  const took = performance.now() - start;
  const paces = new Set<Pace>();
  return {
    first,
    each(changed) {
      const mine = pace(async (anew) => changed(await judged(anew)), took);
      paces.add(mine);
      listeners.add(mine.touched);
    },
    stop() {
      listeners.clear();
      for (const one of paces) one.stop();
      for (const one of followed) one?.stop();
      for (const one of opened) if (one.state === "open") one.client.close();
    },
  };
}

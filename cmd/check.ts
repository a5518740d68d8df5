import { join } from "node:path";
import { kindsReadBy } from "../src/engine/closure.ts";
import { configFileName } from "../src/load/paths.ts";
import { withChange } from "./change.ts";
import type { Io } from "./io.ts";
import type { Following } from "./follow.ts";
import { judgeFor, settle, type Settled } from "./judge.ts";
import { writeReport } from "./output.ts";
import type { CheckRequest } from "./request.ts";
import { readState, stateConfig } from "./read-state.ts";

/** Checks a cluster, or whatever state the user names; on a terminal the result is there to look through. */
export async function check(request: CheckRequest, io: Io): Promise<number> {
  if (request.wait !== undefined)
    return (await import("./wait.ts")).waitUntilClean(request, request.wait, io);
  if (request.watch) return watchOn(request, io);
  const { settled, notice } = await checkOnce(request, io);
  if (request.interactive && io.terminal) return lookThrough(request, settled, io);
  await writeReport(settled.report, request.report, io, settled.beside);
  notice();
  return settled.code;
}

async function watchOn(request: CheckRequest, io: Io): Promise<number> {
  if (request.interactive && io.terminal) {
    const { followClusters } = await import("./follow.ts");
    const following = await followClusters(request, io);
    try {
      return await lookThrough(request, following.first, io, following);
    } finally {
      following.stop();
    }
  }
  return (await import("./wait.ts")).watchAndWrite(request, io);
}

interface Checked {
  readonly settled: Settled;
  readonly notice: () => void;
}

async function checkOnce(request: CheckRequest, io: Io): Promise<Checked> {
  const { analysis, allowEmpty } = request;
  const config = await stateConfig(request, analysis, io);
  const { judge, selected } = await judgeFor(analysis, config, request.namespace, io);
  const wanted = kindsReadBy(selected.rules.map(({ rule }) => rule));
  const before = await readState(request, analysis, config, wanted, io);
  const now = analysis.now ?? before.takenAt ?? io.now();
  const state = await withChange(before, request, now);
  const report = judge(state.inventories, now);
  const settled = await settle(report, analysis, config, { ...state, allowEmpty, now });
  return { settled, notice: state.notice };
}

async function lookThrough(
  request: CheckRequest,
  first: Settled,
  io: Io,
  following?: Following,
): Promise<number> {
  const { explore } = await import("./explore.ts");
  let last = first;
  const quiet = { ...io, err: () => {} };
  await explore(
    first,
    {
      source: sourceOf(request, first),
      config: first.config?.path ?? join(io.cwd, configFileName),
      request: request.report,
      again: async () => (last = (await checkOnce(request, quiet)).settled),
      ...(following && {
        watch: (changed) => {
          following.each((settled) => {
            last = settled;
            changed(settled);
          });
          return following.stop;
        },
      }),
    },
    io,
  );
  return last.code;
}

function sourceOf({ paths, from }: CheckRequest, { inventories }: Settled): string {
  if (paths.length > 0) return paths.join(" ");
  return from ?? inventories.map(({ world }) => world).join(" ");
}

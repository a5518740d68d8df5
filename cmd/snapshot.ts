import { thousands } from "../src/model/thousands.ts";
import { kindsReadBy } from "../src/engine/closure.ts";
import { snapshotText, writeSnapshot } from "../src/load/snapshot/write.ts";
import { assumedObjects, environmentOf, loadConfig } from "./analysis.ts";
import { openAll } from "./clusters.ts";
import { exitCodes } from "./exit-code.ts";
import type { Io } from "./io.ts";
import { judgeFor } from "./judge.ts";
import type { SnapshotRequest } from "./request.ts";
import { UserError } from "./user-error.ts";
import { version } from "./version.ts";

/** Collects what the rules read of a cluster into a file, without private keys, to be looked at elsewhere. */
export async function takeSnapshot(request: SnapshotRequest, io: Io): Promise<number> {
  const { analysis, file } = request;
  const config = await loadConfig(analysis, io.cwd, io);
  const { selected } = await judgeFor(analysis, config, undefined, io);
  const opened = await openAll(
    request.cluster,
    {
      wanted: kindsReadBy(selected.rules.map(({ rule }) => rule)),
      environment: environmentOf(analysis, config),
      assumed: assumedObjects(config),
      withKeys: false,
    },
    io,
  );
  const clusters = opened.flatMap((one) => (one.state === "open" ? [one] : []));
  for (const { client } of clusters) client.close();
  const head = { collectedAt: analysis.now ?? io.now(), tool: version };
  if (file === "-") for (const text of snapshotText(head, clusters)) io.out(text);
  else {
    await writeSnapshot(file, head, clusters).catch((error: unknown) => {
      throw new UserError(
        `${file} cannot be written: ${error instanceof Error ? error.message : String(error)}`,
      );
    });
    const objects = clusters.reduce((sum, { collected }) => sum + collected.objects.length, 0);
    io.err(`${file}: ${thousands(objects)} objects, no private keys\n`);
  }
  return clusters.length < opened.length ? exitCodes.notAnalyzed : exitCodes.clean;
}

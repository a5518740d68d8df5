import { createWriteStream } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import { withoutSecrets } from "../redact.ts";
import type { Collected } from "../cluster/collect.ts";

/** What a snapshot says of itself, besides what was collected. */
export interface SnapshotHead {
  readonly collectedAt: Date;
  /** Version of this program. */
  readonly tool: string;
}

export interface SnapshotCluster {
  readonly name: string;
  readonly collected: Collected;
}

/** Writes a snapshot, packed where the name ends in .gz; an object a line, so that it never is in memory as a whole. */
export async function writeSnapshot(
  file: string,
  head: SnapshotHead,
  clusters: readonly SnapshotCluster[],
): Promise<void> {
  const text = Readable.from(snapshotText(head, clusters));
  const target = createWriteStream(file, { mode: 0o600 });
  await (file.endsWith(".gz") ? pipeline(text, createGzip(), target) : pipeline(text, target));
}

export function* snapshotText(
  { collectedAt, tool }: SnapshotHead,
  clusters: readonly SnapshotCluster[],
): Generator<string> {
  const head = { version: 1, kind: "snapshot", collectedAt: collectedAt.toISOString(), tool };
  yield `${JSON.stringify(head).slice(0, -1)},"clusters":[`;
  for (const [i, { name, collected }] of clusters.entries()) {
    if (i > 0) yield ",";
    const kinds = Object.fromEntries(
      [...collected.kinds].map(([kind, { knowledge, inNamespace, unread }]) => [
        kind,
        {
          knowledge,
          inNamespace: Object.fromEntries(inNamespace),
          unread: Object.fromEntries(unread),
        },
      ]),
    );
    const about = { name, serverVersion: collected.serverVersion ?? null, kinds };
    yield `\n${JSON.stringify(about).slice(0, -1)},"objects":[`;
    for (const [j, { kind, raw }] of collected.objects.entries())
      yield `${j > 0 ? "," : ""}\n${JSON.stringify(withoutSecrets(kind, raw))}`;
    yield "]}";
  }
  yield "\n]}\n";
}

import type { Environment } from "../../model/environment.ts";
import type { Knowledge } from "../../model/inventory.ts";
import type { Kind } from "../../model/kinds.ts";
import type { KubeObject } from "../../model/object.ts";
import { text } from "../../model/json.ts";
import { sharing } from "../share.ts";
import type { Client } from "./client.ts";
import { discover } from "./discovery.ts";
import { mentionedIn, planFor } from "./narrowing.ts";
import { readKind, type KindRead, type ReadOptions } from "./read-kind.ts";

/** Everything that was read of one cluster, and what is known not to have been. */
export interface Collected {
  readonly objects: readonly KubeObject[];
  readonly knowledge: (kind: Kind, namespace?: string) => Knowledge;
  /** Objects that exist and were not read, by `nameOf`, and why. */
  readonly unread: ReadonlyMap<string, string>;
  /** Of each kind that was asked for. */
  readonly kinds: ReadonlyMap<Kind, KindRead>;
  /** "v1.36.3"; undefined where the server did not say. */
  readonly serverVersion: string | undefined;
}

export interface CollectOptions extends Omit<ReadOptions, "mentioned" | "share"> {
  readonly wanted: readonly Kind[];
  readonly environment: Environment;
}

/** Kinds that are read at the same time; each holds a page or two in memory. */
const atOnce = 3;

/** Reads the wanted kinds of a cluster. Throws only where the server cannot be reached at all. */
export async function collect(client: Client, options: CollectOptions): Promise<Collected> {
  const [served, serverVersion] = await Promise.all([
    discover(client, options.wanted),
    versionOf(client),
  ]);
  const reads = new Map<Kind, KindRead>();
  const share = sharing();
  const read = async (kind: Kind, mentioned: ReadonlySet<string>) => {
    reads.set(kind, await readKind(client, kind, served(kind), { ...options, mentioned, share }));
  };
  // What names Secrets is read before them.
  const [first, later] = split(
    options.wanted,
    (kind) => !planFor(kind, options.environment).byName,
  );
  await inTurn(first, (kind) => read(kind, new Set()));
  const mentioned = mentionedIn([...reads.values()].flatMap(({ objects }) => objects));
  await inTurn(later, (kind) => read(kind, mentioned));
  return collected(inOrder(reads, options.wanted), serverVersion);
}

/** Not in that of the answers: a snapshot of the same cluster is the same. */
function inOrder(
  reads: ReadonlyMap<Kind, KindRead>,
  order: readonly Kind[],
): ReadonlyMap<Kind, KindRead> {
  return new Map(
    order.flatMap((kind) => {
      const read = reads.get(kind);
      return read ? [[kind, read] as const] : [];
    }),
  );
}

export function collected(
  reads: ReadonlyMap<Kind, KindRead>,
  serverVersion: string | undefined,
  knowledge = knowledgeIn(reads),
): Collected {
  return {
    objects: [...reads.values()].flatMap(({ objects }) => objects),
    knowledge,
    unread: new Map([...reads.values()].flatMap(({ unread }) => [...unread])),
    kinds: reads,
    serverVersion,
  };
}

/** What is known of kinds and namespaces, whatever objects there are. */
export function knowledgeIn(reads: ReadonlyMap<Kind, KindRead>): Collected["knowledge"] {
  return (kind, namespace) => knowledgeOf(reads.get(kind), kind, namespace);
}

function knowledgeOf(read: KindRead | undefined, kind: Kind, namespace?: string): Knowledge {
  if (!read) {
    const why = `${kind} was not read, as no rule that runs needs it`;
    return { state: "absent", why, asked: false };
  }
  return (namespace === undefined ? undefined : read.inNamespace.get(namespace)) ?? read.knowledge;
}

async function versionOf(client: Client): Promise<string | undefined> {
  try {
    return text(await client.getJson("/version"), "gitVersion");
  } catch {
    return undefined;
  }
}

function split<T>(values: readonly T[], test: (value: T) => boolean): readonly [T[], T[]] {
  const yes: T[] = [];
  const no: T[] = [];
  for (const value of values) (test(value) ? yes : no).push(value);
  return [yes, no];
}

/** Large kinds first would be better, but nobody knows them before. */
async function inTurn<T>(values: readonly T[], work: (value: T) => Promise<void>): Promise<void> {
  const queue = [...values];
  const worker = async () => {
    for (let value = queue.shift(); value !== undefined; value = queue.shift()) await work(value);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}

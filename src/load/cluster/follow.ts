import type { IncomingMessage } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import { isObject, record, text, type JsonObject } from "../../model/json.ts";
import type { Kind } from "../../model/kinds.ts";
import { nameOf, type KubeObject } from "../../model/object.ts";
import { blankKeys } from "./blank-keys.ts";
import { ApiError, parse, type Client } from "./client.ts";
import { collected, knowledgeIn, type Collected } from "./collect.ts";
import { resourcePath, selectorsOf } from "./list.ts";
import { mentionsOf } from "./mentions.ts";
import { planFor } from "./narrowing.ts";
import {
  keeper,
  readKind,
  readOne,
  type KindRead,
  type ReadOptions,
  type Watchable,
} from "./read-kind.ts";

/** A cluster that was read and is followed from there on. */
export interface Followed {
  readonly collected: () => Collected;
  readonly stop: () => void;
}

type FollowOptions = Omit<ReadOptions, "mentioned" | "onRead">;

/** Seconds after which the server ends a watch, which is then begun anew where it ended. */
const watchFor = 240;
/** Milliseconds before a watch that failed is tried again; doubled each time. */
const firstPause = 1000;
const longestPause = 30_000;

const partial = "application/json;as=PartialObjectMetadata;v=v1;g=meta.k8s.io,application/json";

interface Live {
  read: KindRead;
  readonly objects: Map<string, KubeObject>;
  readonly unread: Map<string, string>;
}

/** Watches every list that was read. `changed` is called after each event that changes what is kept. */
export function followCluster(
  client: Client,
  first: Collected,
  options: FollowOptions,
  changed: () => void,
): Followed {
  const kinds = new Map([...first.kinds].map(([kind, read]) => [kind, liveOf(read)]));
  const streams = new Set<IncomingMessage>();
  const ended = new AbortController();
  const mentions = mentionsOf(first.objects);
  // The same function until a kind is read anew: who compares two states sees that nothing else is known.
  let knowledge = first.knowledge;

  for (const [kind, live] of kinds)
    for (const watchable of live.read.watchable) void follow(kind, live, watchable);

  return {
    collected: () =>
      collected(
        new Map([...kinds].map(([kind, live]) => [kind, readOf(live)])),
        first.serverVersion,
        knowledge,
      ),
    stop() {
      ended.abort();
      for (const stream of streams) stream.destroy();
    },
  };

  /** Goes on until it is stopped; what fails is tried again, and what has expired is read anew. */
  async function follow(kind: Kind, live: Live, watchable: Watchable): Promise<void> {
    let { resourceVersion } = watchable;
    for (let failures = 0; !ended.signal.aborted;) {
      try {
        await watch(kind, live, watchable, resourceVersion, (version) => {
          resourceVersion = version;
          failures = 0;
        });
      } catch (error) {
        if (error instanceof ApiError && error.status === 410) {
          await readAgain(kind, live, watchable).catch(() => undefined);
          resourceVersion =
            live.read.watchable.find(({ query }) => query === watchable.query)?.resourceVersion ??
            "";
        }
        await pause(Math.min(longestPause, firstPause * 2 ** failures++), undefined, {
          ref: false,
        });
      }
    }
  }

  async function watch(
    kind: Kind,
    live: Live,
    { resource, query }: Watchable,
    from: string,
    reached: (resourceVersion: string) => void,
  ): Promise<void> {
    const parameters = new URLSearchParams({
      watch: "1",
      allowWatchBookmarks: "true",
      timeoutSeconds: String(watchFor),
      resourceVersion: from,
      ...selectorsOf(query),
    });
    const path = `${resourcePath(resource, query.namespace)}?${parameters.toString()}`;
    const stream = await client.stream(path, query.metadataOnly ? partial : "application/json");
    streams.add(stream);
    try {
      for await (const line of linesOf(stream)) {
        const event = eventIn(line, options.withKeys);
        if (event.type === "ERROR")
          throw new ApiError(Number(event.object["code"] ?? 0), "watch ended");
        if (event.type !== "BOOKMARK") {
          await take(kind, live, { resource, query, resourceVersion: from }, event);
          changed();
        }
        reached(text(event.object, "metadata", "resourceVersion") ?? from);
      }
    } finally {
      streams.delete(stream);
    }
  }

  async function take(kind: Kind, live: Live, { resource, query }: Watchable, event: Event) {
    const metadata = record(event.object, "metadata");
    const name = nameIn(kind, metadata);
    const byName = query.metadataOnly ? planFor(kind, options.environment).byName : undefined;
    const there = event.type !== "DELETED";
    const wanted = there && (byName?.wanted(metadata, mentions) ?? true);
    const whole = () =>
      byName ? readOne(client, resource, metadata, options.withKeys) : event.object;
    const raw = wanted ? await whole() : undefined;
    const object = raw && keeper(client, kind, resource, options.withKeys)(raw);
    const fresh = mentions.replace(live.objects.get(name), object);
    if (object) live.objects.set(name, object);
    else live.objects.delete(name);
    if (byName && there && !wanted) live.unread.set(name, byName.why);
    else live.unread.delete(name);
    if (fresh.length > 0) await readMentioned(new Set(fresh));
  }

  /** An object names Secrets that nothing named before. */
  async function readMentioned(fresh: ReadonlySet<string>): Promise<void> {
    const secrets = kinds.get("Secret");
    const watchable = secrets?.read.watchable.find(({ query }) => query.metadataOnly);
    if (!secrets || !watchable) return;
    for (const name of secrets.unread.keys()) {
      const [, namespace = "", secret = ""] = name.split("/");
      if (!fresh.has(secret)) continue;
      const raw = await readOne(
        client,
        watchable.resource,
        { namespace, name: secret },
        options.withKeys,
      );
      const object = raw && keeper(client, "Secret", watchable.resource, options.withKeys)(raw);
      secrets.unread.delete(name);
      if (object) secrets.objects.set(name, object);
    }
  }

  async function readAgain(kind: Kind, live: Live, { resource }: Watchable): Promise<void> {
    const read = await readKind(
      client,
      kind,
      { state: "served", resource },
      { ...options, mentioned: mentions, onRead: () => undefined },
    );
    const now = liveOf(read);
    live.read = read;
    knowledge = knowledgeIn(new Map([...kinds].map(([name, one]) => [name, one.read])));
    for (const object of live.objects.values()) mentions.replace(object, undefined);
    live.objects.clear();
    live.unread.clear();
    const named = [...now.objects].flatMap(([name, object]) => {
      live.objects.set(name, object);
      return mentions.replace(undefined, object);
    });
    for (const [name, why] of now.unread) live.unread.set(name, why);
    await readMentioned(new Set(named));
    changed();
  }
}

function liveOf(read: KindRead): Live {
  return {
    read,
    objects: new Map(read.objects.map((object) => [nameOf(object), object])),
    unread: new Map(read.unread),
  };
}

function readOf({ read, objects, unread }: Live): KindRead {
  return { ...read, objects: [...objects.values()], unread };
}

function nameIn(kind: Kind, metadata: JsonObject): string {
  return nameOf({
    kind,
    namespace: text(metadata, "namespace") ?? "",
    name: text(metadata, "name") ?? "",
  });
}

interface Event {
  readonly type: string;
  readonly object: JsonObject;
}

function eventIn(line: Buffer, withKeys: boolean): Event {
  if (!withKeys) blankKeys(line);
  const event = parse(line);
  const object = isObject(event) ? record(event, "object") : {};
  return { type: text(event, "type") ?? "", object };
}

/** A watch sends an event a line. */
async function* linesOf(stream: IncomingMessage): AsyncGenerator<Buffer> {
  let rest = Buffer.alloc(0);
  for await (const chunk of stream) {
    rest = Buffer.concat([rest, Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk))]);
    for (let end = rest.indexOf(0x0a); end !== -1; end = rest.indexOf(0x0a)) {
      yield rest.subarray(0, end);
      rest = rest.subarray(end + 1);
    }
  }
}

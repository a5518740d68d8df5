import type { Environment } from "../../model/environment.ts";
import type { Knowledge } from "../../model/inventory.ts";
import { isObject, record, text, type JsonObject } from "../../model/json.ts";
import { kinds, type Kind } from "../../model/kinds.ts";
import { nameOf, type KubeObject } from "../../model/object.ts";
import { toObject } from "../objects.ts";
import { sharing, type Share } from "../share.ts";
import { isOfInterest } from "../sieve.ts";
import { blankKeys } from "./blank-keys.ts";
import { ApiError, parse, type Client } from "./client.ts";
import { ClusterError } from "./cluster-error.ts";
import type { Served } from "./discovery.ts";
import { listAll, resourcePath, type Query, type Resource } from "./list.ts";
import { componentNamespaces, planFor, type Names, type Plan } from "./narrowing.ts";
import { ruleText } from "./rbac.ts";
import { trimmed } from "./trim.ts";

export interface ReadOptions {
  readonly environment: Environment;
  /** The namespace the user asked about: read by itself where lists of all are forbidden. */
  readonly namespace: string | undefined;
  readonly withKeys: boolean;
  readonly mentioned: Names;
  /** Given where strings are to be shared with those of other kinds. */
  readonly share?: Share;
  readonly onRead: (kind: Kind, objects: number) => void;
}

/** A list that was read and can be watched from there on. */
export interface Watchable {
  readonly resource: Resource;
  readonly query: Query;
  readonly resourceVersion: string;
}

/** What was read of one kind. */
export interface KindRead {
  readonly objects: readonly KubeObject[];
  readonly unread: ReadonlyMap<string, string>;
  readonly knowledge: Knowledge;
  /** Where it differs from the knowledge of the whole. */
  readonly inNamespace: ReadonlyMap<string, Knowledge>;
  readonly watchable: readonly Watchable[];
  /** True where the server gave any part of it. */
  readonly answered: boolean;
}

const complete: Knowledge = { state: "complete" };
const nothing = {
  objects: [],
  unread: new Map(),
  inNamespace: new Map(),
  watchable: [],
  answered: false,
};

/** Reads one kind as its plan says. Whatever goes wrong becomes knowledge: what is not known, why, what would mend it. */
export async function readKind(
  client: Client,
  kind: Kind,
  served: Served,
  options: ReadOptions,
): Promise<KindRead> {
  if (served.state === "missing") return { ...nothing, knowledge: complete };
  if (served.state === "strange") {
    const versions = served.versions.join(", ");
    const why = `the cluster serves ${kind} as ${versions} only, which is not known here`;
    return { ...nothing, knowledge: { state: "absent", why } };
  }
  const read = (namespace?: string) =>
    readWithin(client, kind, served.resource, options, namespace);
  try {
    return await read();
  } catch (error) {
    const forbidden = error instanceof ApiError && error.status === 403;
    if (!forbidden || options.namespace === undefined || !kinds[kind].namespaced)
      return { ...nothing, knowledge: problem(kind, error) };
    return byNamespace(kind, read, options.namespace, options.environment);
  }
}

/** Every namespace is forbidden: the one the user asked about and those of components are tried one by one. */
async function byNamespace(
  kind: Kind,
  read: (namespace: string) => Promise<KindRead>,
  namespace: string,
  environment: Environment,
): Promise<KindRead> {
  const namespaces = [...new Set([namespace, ...componentNamespaces(environment)])];
  const reads: KindRead[] = [];
  const inNamespace = new Map<string, Knowledge>();
  for (const one of namespaces) {
    try {
      reads.push(await read(one));
      inNamespace.set(one, complete);
    } catch (error) {
      inNamespace.set(one, problem(kind, error, one));
    }
  }
  const had = namespaces.filter((one) => inNamespace.get(one)?.state === "complete");
  const rbac = ruleText(kind);
  const knowledge: Knowledge =
    had.length === 0
      ? { state: "absent", why: `${kind} cannot be listed: forbidden`, rbac }
      : {
          state: "partial",
          why: `${kind} was read in ${had.join(", ")} only: forbidden elsewhere`,
          rbac,
        };
  return {
    objects: reads.flatMap(({ objects }) => objects),
    unread: new Map(reads.flatMap(({ unread }) => [...unread])),
    knowledge,
    inNamespace,
    watchable: reads.flatMap(({ watchable }) => watchable),
    answered: had.length > 0,
  };
}

function problem(kind: Kind, error: unknown, namespace?: string): Knowledge {
  const where = namespace === undefined ? "" : ` in ${namespace}`;
  if (error instanceof ApiError && error.status === 403)
    return {
      state: "absent",
      why: `${kind} cannot be read${where}: forbidden`,
      rbac: `${ruleText(kind)}${where}`,
    };
  if (error instanceof ApiError && error.status === 404) return complete;
  if (error instanceof ApiError || error instanceof ClusterError)
    return { state: "absent", why: `${kind} cannot be read${where}: ${error.message}` };
  throw error;
}

async function readWithin(
  client: Client,
  kind: Kind,
  resource: Resource,
  options: ReadOptions,
  namespace?: string,
): Promise<KindRead> {
  const plan = planFor(kind, options.environment);
  const within = (query: Query): Query =>
    namespace === undefined ? query : { ...query, namespace };
  const keep = keeper(client, kind, resource, options.withKeys, options.share ?? sharing());
  const objects: KubeObject[] = [];
  const watchable: Watchable[] = [];
  for (const planned of plan.lists) {
    const query = within(planned);
    const { kept, resourceVersion } = await listAll(client, resource, query, keep, {
      withKeys: options.withKeys,
      onPage: (items) => {
        options.onRead(kind, items);
      },
    });
    for (const object of kept) objects.push(object);
    watchable.push({ resource, query, resourceVersion });
  }
  const named = plan.byName
    ? await readByName(
        client,
        kind,
        resource,
        within(plan.byName.query),
        plan.byName,
        keep,
        options,
      )
    : nothing;
  return {
    objects: [...objects, ...named.objects],
    unread: named.unread,
    knowledge: complete,
    inNamespace: new Map(),
    watchable: [...watchable, ...named.watchable],
    answered: true,
  };
}

/** Makes an object of what the server sent, or nothing where it cannot matter. */
export function keeper(
  client: Client,
  kind: Kind,
  { apiVersion }: Resource,
  withKeys: boolean,
  share?: Share,
): (raw: JsonObject) => KubeObject | undefined {
  const context = client.target.name;
  return (item) => {
    const raw = trimmed(kind, { apiVersion, kind: kinds[kind].kind, ...item });
    if (!isOfInterest(kind, raw)) return undefined;
    const resourceVersion = text(raw, "metadata", "resourceVersion") ?? "";
    const provenance = { type: "cluster", context, resourceVersion } as const;
    return toObject(kind, raw, provenance, { withKeys, ...(share && { share }) });
  };
}

/** Lists names, and reads whole those that matter. */
async function readByName(
  client: Client,
  kind: Kind,
  resource: Resource,
  query: Query,
  { wanted, why }: NonNullable<Plan["byName"]>,
  keep: ReturnType<typeof keeper>,
  options: ReadOptions,
): Promise<Pick<KindRead, "objects" | "unread" | "watchable">> {
  // Nothing but names is kept: there may be many, and metadata is large.
  const named = (item: JsonObject) => {
    const metadata = record(item, "metadata");
    const { name = "", namespace = "" } = metadata;
    return { ref: { name, namespace }, isWanted: wanted(metadata, options.mentioned) };
  };
  const { kept, resourceVersion } = await listAll(client, resource, query, named, {
    withKeys: true,
    onPage: () => undefined,
  });
  const others = kept.filter(({ isWanted }) => !isWanted);
  const refs = kept.filter(({ isWanted }) => isWanted).map(({ ref }) => ref);
  const read: (KubeObject | undefined)[] = refs.map(() => undefined);
  const queue = refs.entries();
  const worker = async () => {
    for (const [i, ref] of queue) {
      const raw = await readOne(client, resource, ref, options.withKeys);
      read[i] = raw && keep(raw);
      options.onRead(kind, 1);
    }
  };
  await Promise.all([worker(), worker(), worker(), worker()]);
  return {
    objects: read.filter((object) => object !== undefined),
    unread: new Map(others.map(({ ref }) => [nameIn(kind, ref), why])),
    watchable: [{ resource, query, resourceVersion }],
  };
}

function nameIn(kind: Kind, metadata: JsonObject): string {
  return nameOf({
    kind,
    namespace: text(metadata, "namespace") ?? "",
    name: text(metadata, "name") ?? "",
  });
}

/** One object; undefined where it went while we read. */
export async function readOne(
  client: Client,
  resource: Resource,
  metadata: JsonObject,
  withKeys: boolean,
): Promise<JsonObject | undefined> {
  const path = resourcePath(resource, text(metadata, "namespace"), text(metadata, "name") ?? "");
  try {
    const value = await client.get(path, "application/json", (body) => {
      if (!withKeys) blankKeys(body);
      return parse(body);
    });
    return isObject(value) ? value : undefined;
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return undefined;
    throw error;
  }
}

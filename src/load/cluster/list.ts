import { isObject, list, text, type Json, type JsonObject } from "../../model/json.ts";
import { blankKeys } from "./blank-keys.ts";
import { ApiError, parse, type Client } from "./client.ts";

/** One list request: everything of a resource, or what selectors leave of it. */
export interface Query {
  readonly namespace?: string;
  readonly fieldSelector?: string;
  readonly labelSelector?: string;
  /** Only metadata travels: no content, and so no secret. */
  readonly metadataOnly?: true;
}

/** Where a resource is: its group and version, and how it is called in paths. */
export interface Resource {
  readonly apiVersion: string;
  readonly plural: string;
}

export interface ListOptions {
  /** Private keys are wanted: nothing is blanked. */
  readonly withKeys: boolean;
  readonly onPage: (items: number) => void;
}

export interface Listed<T> {
  readonly kept: readonly T[];
  /** Where a watch can begin. */
  readonly resourceVersion: string;
}

const pageSize = 500;
/** A page that is larger is asked for again in smaller pieces. */
const largestPage = 32 * 1024 * 1024;
/** A list that takes longer than the server keeps its versions is begun anew so many times. */
const beginnings = 3;

const json = "application/json";
const partial = "application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io,application/json";

/**
 * Reads a list page by page. Each page is folded into what `keep` makes of its items and then forgotten, so that
 * memory follows what is kept; the next page is asked for while one is parsed.
 */
export async function listAll<T>(
  client: Client,
  resource: Resource,
  query: Query,
  keep: (raw: JsonObject) => T | undefined,
  options: ListOptions,
): Promise<Listed<T>> {
  for (let beginning = 1; ; beginning++) {
    try {
      return await listOnce(client, resource, query, keep, options);
    } catch (error) {
      const expired = error instanceof ApiError && error.status === 410;
      if (!expired || beginning === beginnings) throw error;
    }
  }
}

/** A page, and the next one, which was asked for before this one was parsed. */
interface Page {
  readonly value: Json;
  readonly foreseen: string;
  readonly ahead: Promise<Page> | undefined;
}

async function listOnce<T>(
  client: Client,
  resource: Resource,
  query: Query,
  keep: (raw: JsonObject) => T | undefined,
  { withKeys, onPage }: ListOptions,
): Promise<Listed<T>> {
  const kept: T[] = [];
  let limit = pageSize;
  const read = (body: Buffer): Page => {
    const foreseen = continueIn(body);
    const ahead = ask(foreseen);
    if (!withKeys) blankKeys(body);
    return { value: parse(body), foreseen, ahead };
  };
  const page = async (token: string): Promise<Page> => {
    for (;;) {
      const path = pathOf(resource, query, limit, token);
      try {
        return await client.get(path, query.metadataOnly ? partial : json, read, largestPage);
      } catch (error) {
        const large = error instanceof ApiError && error.code === "large";
        if (!large || limit === 1) throw error;
        limit = Math.max(1, Math.floor(limit / 4));
      }
    }
  };
  // A page that was asked for ahead may fail before its turn comes; it is heard then.
  const ask = (token: string): Promise<Page> | undefined => {
    if (token === "") return undefined;
    const asked = page(token);
    asked.catch(() => undefined);
    return asked;
  };
  let resourceVersion = "";
  const take = (value: Json) => {
    resourceVersion = text(value, "metadata", "resourceVersion") ?? resourceVersion;
    const items = list(value, "items");
    for (const item of items) {
      const one = isObject(item) ? keep(item) : undefined;
      if (one !== undefined) kept.push(one);
    }
    onPage(items.length);
    return text(value, "metadata", "continue") ?? "";
  };
  for (let current: Page | undefined = await page(""); current;) {
    const token = take(current.value);
    current = await (token === current.foreseen ? current.ahead : ask(token));
  }
  return { kept, resourceVersion };
}

/**
 * The token of the next page, before the whole page was parsed: the metadata of a list stands before its items, and
 * behind them for custom resources, whose keys are sorted. "" where neither holds.
 */
function continueIn(body: Buffer): string {
  const ends = [body.subarray(0, 4096), body.subarray(-4096)].map((end) => end.toString("utf8"));
  const metadata =
    /^\{(?:"[^"]*":"[^"]*",)*"metadata":(\{[^{}]*\})/.exec(ends[0] ?? "")?.[1] ??
    /\],"kind":"\w+","metadata":(\{[^{}]*\})\}\s*$/.exec(ends[1] ?? "")?.[1];
  const token = /"continue":("(?:[^"\\]|\\.)*")/.exec(metadata ?? "")?.[1];
  return token === undefined ? "" : String(JSON.parse(token));
}

/** The path of a list, of a watch of it, or of one object in it. */
export function resourcePath(
  { apiVersion, plural }: Resource,
  namespace?: string,
  name?: string,
): string {
  const root = apiVersion.includes("/") ? "/apis" : "/api";
  const within = namespace ? `/namespaces/${encodeURIComponent(namespace)}` : "";
  return `${root}/${apiVersion}${within}/${plural}${name === undefined ? "" : `/${encodeURIComponent(name)}`}`;
}

export function selectorsOf(query: Query): Readonly<Record<string, string>> {
  return {
    ...(query.fieldSelector !== undefined && { fieldSelector: query.fieldSelector }),
    ...(query.labelSelector !== undefined && { labelSelector: query.labelSelector }),
  };
}

function pathOf(resource: Resource, query: Query, limit: number, token: string): string {
  const parameters = new URLSearchParams({
    limit: String(limit),
    ...selectorsOf(query),
    ...(token !== "" && { continue: token }),
  });
  return `${resourcePath(resource, query.namespace)}?${parameters.toString()}`;
}

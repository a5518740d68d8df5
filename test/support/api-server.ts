import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import { list, record, strings, text, type Json, type JsonObject } from "../../src/model/json.ts";
import { everyKind, kinds, type Kind } from "../../src/model/kinds.ts";

/** What a request is answered with instead of the truth; undefined leaves it be. */
type Fault = (request: IncomingMessage, response: ServerResponse, url: URL) => boolean;

export interface FakeOptions {
  readonly objects?: readonly JsonObject[];
  /** Kinds whose CRDs are not there. */
  readonly without?: readonly Kind[];
  /** True for what the user may not list or get. */
  readonly forbids?: (kind: Kind, namespace: string | undefined) => boolean;
  readonly fault?: Fault;
  /** Answers discovery as servers before aggregated discovery did. */
  readonly old?: boolean;
  readonly pageSize?: number;
}

export interface FakeApi {
  readonly server: string;
  /** Every path with its query, in order. */
  readonly asked: readonly string[];
  readonly headers: readonly IncomingMessage["headers"][];
  readonly objects: JsonObject[];
  /** Changes an object and tells those who watch. */
  readonly change: (type: "ADDED" | "MODIFIED" | "DELETED", object: JsonObject) => void;
  /** Answers every watch with this event and ends it. */
  readonly endWatches: (event: JsonObject) => void;
}

interface Watcher {
  readonly url: URL;
  readonly response: ServerResponse;
  readonly partial: boolean;
}

/** Runs `use` against a server that speaks the list, get and discovery API over these objects. */
export async function withApi<T>(
  options: FakeOptions,
  use: (api: FakeApi) => Promise<T>,
): Promise<T> {
  const asked: string[] = [];
  const headers: IncomingMessage["headers"][] = [];
  const objects = [...(options.objects ?? [])];
  const watchers = new Set<Watcher>();
  const change: FakeApi["change"] = (type, object) => {
    const at = objects.findIndex((one) => identity(one) === identity(object));
    if (at !== -1) objects.splice(at, 1);
    if (type !== "DELETED") objects.push(object);
    for (const { url, response, partial } of watchers) {
      const place = placeOf(url.pathname);
      if (!place || !isOf(place.kind, object) || !selected(object, url)) continue;
      const sent = partial ? { metadata: object["metadata"] ?? {} } : object;
      response.write(`${JSON.stringify({ type, object: sent })}\n`);
    }
  };
  const endWatches: FakeApi["endWatches"] = (event) => {
    for (const { response } of watchers) response.end(`${JSON.stringify(event)}\n`);
  };
  const http = createServer((request, response) => {
    const url = new URL(request.url ?? "/", "http://localhost");
    asked.push(request.url ?? "");
    headers.push(request.headers);
    if (options.fault?.(request, response, url)) return;
    if (url.searchParams.has("watch")) {
      const partial = request.headers.accept?.includes("PartialObjectMetadata") === true;
      const watcher = { url, response, partial };
      watchers.add(watcher);
      response.on("close", () => watchers.delete(watcher));
      response.writeHead(200);
      response.flushHeaders();
      return;
    }
    answer(options, objects, url, request, response);
  });
  await new Promise<void>((resolve) => {
    http.listen(0, "127.0.0.1", resolve);
  });
  const { port } = http.address() as AddressInfo;
  try {
    return await use({
      server: `http://127.0.0.1:${port}`,
      asked,
      headers,
      objects,
      change,
      endWatches,
    });
  } finally {
    http.closeAllConnections();
    http.close();
  }
}

function identity(object: JsonObject): string {
  return ["kind", "apiVersion"]
    .map((key) => text(object, key))
    .concat(text(object, "metadata", "namespace"), text(object, "metadata", "name"))
    .join("/");
}

export function status(
  response: ServerResponse,
  code: number,
  message: string,
  more: JsonObject = {},
) {
  send(response, code, {
    kind: "Status",
    apiVersion: "v1",
    status: "Failure",
    message,
    code,
    ...more,
  });
}

function send(response: ServerResponse, code: number, body: Json, gzip = false): void {
  const bytes = Buffer.from(JSON.stringify(body) + "\n");
  response.writeHead(code, {
    "content-type": "application/json",
    ...(gzip && { "content-encoding": "gzip" }),
  });
  response.end(gzip ? gzipSync(bytes) : bytes);
}

function answer(
  options: FakeOptions,
  objects: readonly JsonObject[],
  url: URL,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const gzip = request.headers["accept-encoding"] === "gzip";
  const { old = false, without = [] } = options;
  if (url.pathname === "/version") return send(response, 200, { gitVersion: "v1.36.3" });
  if (url.pathname === "/apis")
    return send(response, 200, old ? groups(without) : discovery(without));
  if (/^\/apis\/[^/]+\/[^/]+$/.test(url.pathname))
    return send(response, 200, resources(url, without));
  const place = placeOf(url.pathname);
  if (!place || without.includes(place.kind))
    return status(response, 404, "the server could not find the requested resource");
  if (options.forbids?.(place.kind, place.namespace))
    return status(response, 403, `${kinds[place.kind].plural} is forbidden`);
  const all = objects.filter(
    (object) =>
      isOf(place.kind, object) &&
      (place.namespace === undefined ||
        text(object, "metadata", "namespace") === place.namespace) &&
      selected(object, url),
  );
  if (place.name !== undefined) {
    const one = all.find((object) => text(object, "metadata", "name") === place.name);
    return one ? send(response, 200, one, gzip) : status(response, 404, "not found");
  }
  send(response, 200, page(place.kind, all, url, request, options), gzip);
}

function page(
  kind: Kind,
  all: readonly JsonObject[],
  url: URL,
  request: IncomingMessage,
  { pageSize }: FakeOptions,
): Json {
  const limit = Math.min(pageSize ?? 500, Number(url.searchParams.get("limit") ?? 500));
  const from = Number(url.searchParams.get("continue") ?? 0);
  const more = from + limit < all.length ? { continue: String(from + limit) } : {};
  const metadata = { resourceVersion: "7", ...more };
  const partial = request.headers.accept?.includes("PartialObjectMetadata") === true;
  const items = all
    .slice(from, from + limit)
    .map((object) => (partial ? { metadata: object["metadata"] ?? {} } : typed(kind, object)));
  const type = { kind: `${kinds[kind].kind}List`, apiVersion: apiVersion(kind) };
  // Custom resources come with sorted keys, the rest with the metadata first.
  return kinds[kind].group.includes(".")
    ? { apiVersion: type.apiVersion, items, kind: type.kind, metadata }
    : { ...type, metadata, items };
}

/** Items of built-in kinds carry no type of their own. */
function typed(kind: Kind, object: JsonObject): JsonObject {
  if (kinds[kind].group.includes(".")) return object;
  const { kind: _kind, apiVersion: _version, ...rest } = object;
  return rest;
}

function placeOf(path: string): { kind: Kind; namespace?: string; name?: string } | undefined {
  const found =
    /^\/(?:api|apis\/(?<group>[^/]+))\/[^/]+(?:\/namespaces\/(?<namespace>[^/]+)(?=\/))?\/(?<plural>[^/]+)(?:\/(?<name>[^/]+))?$/.exec(
      path,
    )?.groups;
  const kind = everyKind.find(
    (one) => kinds[one].plural === found?.["plural"] && kinds[one].group === (found["group"] ?? ""),
  );
  if (!kind) return undefined;
  const { namespace, name } = found ?? {};
  return { kind, ...(namespace && { namespace }), ...(name && { name }) };
}

function isOf(kind: Kind, object: JsonObject): boolean {
  return (
    text(object, "kind") === kinds[kind].kind &&
    (text(object, "apiVersion") ?? "").replace(/\/?[^/]*$/, "") === kinds[kind].group
  );
}

function selected(object: JsonObject, url: URL): boolean {
  const fields = (url.searchParams.get("fieldSelector") ?? "").split(",").filter(Boolean);
  const labels = (url.searchParams.get("labelSelector") ?? "").split(",").filter(Boolean);
  return (
    fields.every((one) => {
      const [, path = "", operator, value] = /^([\w.]+)(!?=)(.*)$/.exec(one) ?? [];
      return (text(object, ...path.split(".")) === value) === (operator === "=");
    }) &&
    labels.every((one) => {
      const has = strings(object, "metadata", "labels").has(one.replace(/^!/, ""));
      return one.startsWith("!") ? !has : has;
    })
  );
}

function apiVersion(kind: Kind): string {
  const { group, versions } = kinds[kind];
  return group === "" ? versions[0] : `${group}/${versions[0]}`;
}

const served = (without: readonly Kind[]) =>
  everyKind.filter((kind) => kinds[kind].group !== "" && !without.includes(kind));

function discovery(without: readonly Kind[]): Json {
  return {
    kind: "APIGroupDiscoveryList",
    items: served(without).map((kind) => ({
      metadata: { name: kinds[kind].group },
      versions: [
        { version: kinds[kind].versions[0], resources: [{ resource: kinds[kind].plural }] },
      ],
    })),
  };
}

function groups(without: readonly Kind[]): Json {
  return {
    kind: "APIGroupList",
    groups: [...new Set(served(without).map(apiVersion))].map((groupVersion) => ({
      name: groupVersion.split("/")[0] ?? "",
      versions: [{ groupVersion, version: groupVersion.split("/")[1] ?? "" }],
    })),
  };
}

function resources(url: URL, without: readonly Kind[]): Json {
  const there = served(without).filter((kind) => `/apis/${apiVersion(kind)}` === url.pathname);
  return { resources: there.map((kind) => ({ name: kinds[kind].plural })) };
}

/** A kubeconfig for servers by context name, as JSON. */
export function kubeconfig(
  servers: Readonly<Record<string, string>>,
  user: JsonObject = {},
): string {
  const names = Object.keys(servers);
  return JSON.stringify({
    "current-context": names[0] ?? "",
    clusters: names.map((name) => ({ name, cluster: { server: servers[name] ?? "" } })),
    contexts: names.map((name) => ({ name, context: { cluster: name, user: "me" } })),
    users: [{ name: "me", user }],
  });
}

/** The items of a List. */
export function itemsOf(document: Json): readonly JsonObject[] {
  return list(document, "items").map((item) => record(item));
}

import { Agent, request } from "node:https";
import { kindOf, kinds, type Kind } from "../../src/model/kinds.ts";
import { until } from "./until.ts";

/** An object as the API server speaks of it. */
export interface KubeObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: Metadata;
  readonly spec?: unknown;
  readonly status?: unknown;
  readonly data?: Readonly<Record<string, string>>;
  /** Of a Secret. */
  readonly type?: string;
}

interface Metadata {
  readonly name: string;
  readonly namespace?: string;
  readonly uid?: string;
  readonly generation?: number;
  readonly resourceVersion?: string;
  readonly deletionTimestamp?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly ownerReferences?: readonly { readonly kind: string; readonly uid: string }[];
}

/** Which object: `of("Secret", "cert-manager", "knative-ca")`; no namespace for cluster-scoped kinds. */
export interface Ref {
  readonly kind: Kind;
  readonly namespace: string;
  readonly name: string;
}

export function of(kind: Kind, ...path: readonly [string, string] | readonly [string]): Ref {
  const [first, second] = path;
  return second === undefined
    ? { kind, namespace: "", name: first }
    : { kind, namespace: first, name: second };
}

/** One user's view of the API server. */
export interface Api {
  /** Any request; an answer that is no success is an `ApiError`. */
  readonly ask: (method: string, path: string, body?: unknown, type?: string) => Promise<unknown>;
  readonly create: (object: KubeObject) => Promise<KubeObject>;
  readonly get: (ref: Ref) => Promise<KubeObject | undefined>;
  readonly list: (kind: Kind, namespace?: string) => Promise<readonly KubeObject[]>;
  /** A JSON merge patch: null takes a field away. */
  readonly patch: (ref: Ref, patch: unknown) => Promise<KubeObject>;
  /** The same on the status subresource. */
  readonly patchStatus: (ref: Ref, status: unknown) => Promise<KubeObject>;
  /** Nothing happens when the object is not there. */
  readonly remove: (ref: Ref) => Promise<void>;
  /** Waits until the object is there and `holds`; by default until it is there. */
  readonly wait: (
    ref: Ref,
    holds?: (object: KubeObject) => boolean,
    seconds?: number,
  ) => Promise<KubeObject>;
  readonly waitGone: (ref: Ref, seconds?: number) => Promise<void>;
  readonly close: () => void;
}

class ApiError extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

export interface Access {
  /** `https://HOST:PORT` */
  readonly server: string;
  /** PEM */
  readonly ca: string;
  readonly token: string;
}

const mergePatch = "application/merge-patch+json";

export function apiOf(access: Access): Api {
  const agent = new Agent({ keepAlive: true, maxSockets: 8, ca: access.ca });
  const ask: Api["ask"] = (method, path, body, type = "application/json") =>
    send(access, agent, { method, path, type, body });
  const get: Api["get"] = async (ref) => {
    try {
      return (await ask("GET", pathOf(ref))) as KubeObject;
    } catch (error) {
      if (error instanceof ApiError && error.status === 404) return undefined;
      throw error;
    }
  };
  const wait: Api["wait"] = (ref, holds = () => true, seconds = 60) =>
    until(
      `${label(ref)} ${holds.name}`,
      async () => {
        const object = await get(ref);
        return object && holds(object) ? object : undefined;
      },
      { seconds },
    );
  return {
    ask,
    get,
    wait,
    create: async (object) =>
      (await ask("POST", collectionOf(refOf(object)), object)) as KubeObject,
    list: async (kind, namespace = "") => {
      const { apiVersion, kind: name } = typeOf(kind);
      const answer = await ask("GET", collectionOf({ kind, namespace, name: "" }));
      const { items } = answer as { items: readonly KubeObject[] };
      return items.map((item) => ({ ...item, apiVersion, kind: name }));
    },
    patch: async (ref, patch) => (await ask("PATCH", pathOf(ref), patch, mergePatch)) as KubeObject,
    patchStatus: async (ref, status) =>
      (await ask("PATCH", `${pathOf(ref)}/status`, { status }, mergePatch)) as KubeObject,
    remove: async (ref) => {
      if (await get(ref)) await ask("DELETE", pathOf(ref));
    },
    waitGone: async (ref, seconds = 60) => {
      await until(
        `${label(ref)} gone`,
        async () => ((await get(ref)) === undefined ? true : undefined),
        { seconds },
      );
    },
    close: () => agent.destroy(),
  };
}

interface Question {
  readonly method: string;
  readonly path: string;
  readonly type: string;
  readonly body: unknown;
}

function send({ server, token }: Access, agent: Agent, question: Question): Promise<unknown> {
  const { method, path, type, body } = question;
  const text = body === undefined ? "" : JSON.stringify(body);
  return new Promise((resolve, reject) => {
    const headers = {
      authorization: `Bearer ${token}`,
      accept: "application/json",
      ...(text === "" ? {} : { "content-type": type, "content-length": Buffer.byteLength(text) }),
    };
    const sent = request(`${server}${path}`, { method, agent, headers }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on("data", (chunk: Buffer) => chunks.push(chunk));
      answer.on("error", reject);
      answer.on("end", () => {
        const said = Buffer.concat(chunks).toString("utf8");
        const status = answer.statusCode ?? 0;
        if (status >= 300) reject(new ApiError(status, `${method} ${path}: ${status} ${said}`));
        else resolve(said.startsWith("{") ? JSON.parse(said) : said);
      });
    });
    sent.on("error", reject);
    sent.end(text);
  });
}

export function refOf({ apiVersion, kind, metadata }: KubeObject): Ref {
  const known = kindOf(apiVersion, kind);
  if (!known) throw new Error(`the tests know no kind ${apiVersion} ${kind}`);
  return { kind: known, namespace: metadata.namespace ?? "", name: metadata.name };
}

export function typeOf(kind: Kind): { readonly apiVersion: string; readonly kind: string } {
  const { group, versions, kind: name } = kinds[kind];
  return { apiVersion: group === "" ? versions[0] : `${group}/${versions[0]}`, kind: name };
}

function collectionOf({ kind, namespace }: Ref): string {
  const { apiVersion } = typeOf(kind);
  const root = apiVersion.includes("/") ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
  const scope = namespace === "" ? "" : `/namespaces/${namespace}`;
  return `${root}${scope}/${kinds[kind].plural}`;
}

function pathOf(ref: Ref): string {
  return `${collectionOf(ref)}/${encodeURIComponent(ref.name)}`;
}

function label({ kind, namespace, name }: Ref): string {
  return namespace === "" ? `${kind} ${name}` : `${kind} ${namespace}/${name}`;
}

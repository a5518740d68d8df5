import type { Agent, IncomingMessage } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import { isObject, text, type Json, type JsonObject } from "../../model/json.ts";
import { agentFor } from "./agent.ts";
import { ClusterError } from "./cluster-error.ts";
import { credentialsOf, renewable } from "./credentials.ts";
import { open, send, type Answer, type Wire } from "./send.ts";
import type { Surroundings } from "./surroundings.ts";
import type { Target } from "./target.ts";
import { codeOf, connectionProblem } from "./words.ts";

/** The server's refusal, with its own words (a Status object), or what got in the way of an answer, or that it was none. */
export class ApiError extends Error {
  /** HTTP status; 0 where no whole answer came. */
  readonly status: number;
  /** As TransportError has it, or garbled; "" for an answer. */
  readonly code: string;
  constructor(status: number, message: string, code = "") {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/** Reads from one API server. */
export interface Client {
  readonly target: Target;
  /** What `read` makes of the body of a GET; ApiError for what is no success, or garbled, after every retry. */
  readonly get: <T>(
    path: string,
    accept: string,
    read: (body: Buffer) => T,
    most?: number,
  ) => Promise<T>;
  readonly getJson: (path: string, accept?: string) => Promise<JsonObject>;
  /** A GET whose body does not end, once its headers are there. */
  readonly stream: (path: string, accept: string) => Promise<IncomingMessage>;
  readonly close: () => void;
}

/** Larger answers are refused; single objects stay far below. */
const longest = 64 * 1024 * 1024;
/** A watch of which nothing happens; its server ends it before. Milliseconds. */
const longSilence = 300_000;
const tries = 5;
/** Milliseconds before the second try; doubled for each further one. */
const firstPause = 250;
const longestPause = 30_000;

const transient = new Set([429, 500, 502, 503, 504]);
/** No second try helps: the first one says what every one would say. */
const lasting = /^(?:ECONNREFUSED|ENOTFOUND|CERT_|ERR_TLS|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO|large)/;

export async function connect(
  target: Target,
  timeout: number | undefined,
  surroundings: Surroundings,
): Promise<Client> {
  let wire = await wireOf(target, timeout, surroundings);
  let renewal: Promise<void> | undefined;
  const refresh = async () => {
    wire = await wireOf(target, timeout, surroundings);
  };
  /** The server no longer takes what a plugin gave: it is asked once more, for all requests together. */
  const renew = () => (renewal ??= refresh());

  async function get<T>(
    path: string,
    accept: string,
    read: (body: Buffer) => T,
    most = longest,
  ): Promise<T> {
    for (let n = 1; ; n++) {
      const outcome = await attempt(async () => {
        const answer = await send(wire, path, accept, most);
        return answer.status < 300 ? { value: read(answer.body) } : answer;
      });
      if ("value" in outcome) return outcome.value;
      if ("body" in outcome && outcome.status === 401 && renewable(target) && n === 1) {
        await renew();
        continue;
      }
      if (n === tries || !isTransient(outcome)) throw refusal(outcome, target);
      await pause(pauseBefore(n, outcome));
    }
  }

  return {
    target,
    get,
    async getJson(path, accept = "application/json") {
      const value = await get(path, accept, parse);
      if (!isObject(value))
        throw new ApiError(0, `${path} answered with something that is no object`);
      return value;
    },
    async stream(path, accept) {
      const endless = { ...wire, agent: wire.streams, compress: false, timeout: undefined };
      const response = await open(endless, path, accept, longSilence);
      if (response.statusCode === 200) return response;
      response.resume();
      throw new ApiError(
        response.statusCode ?? 0,
        `the server answered ${String(response.statusCode)}`,
      );
    },
    close() {
      wire.agent.destroy();
      wire.streams.destroy();
    },
  };
}

async function wireOf(
  target: Target,
  timeout: number | undefined,
  surroundings: Surroundings,
): Promise<Wire & { readonly streams: Agent }> {
  const credentials = await credentialsOf(target, surroundings);
  return {
    server: target.server,
    agent: await agentFor(target, credentials, surroundings),
    // Each watch keeps a connection to itself.
    streams: await agentFor(target, credentials, surroundings, Infinity),
    headers: credentials.headers,
    compress: target.compress,
    timeout,
  };
}

type Failure = Answer | { readonly error: Error };

async function attempt<T>(ask: () => Promise<T>): Promise<T | { readonly error: Error }> {
  try {
    return await ask();
  } catch (error) {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }
}

function isTransient(outcome: Failure): boolean {
  if ("body" in outcome) return transient.has(outcome.status);
  const code = codeOf(outcome.error);
  return code !== "timeout" && !lasting.test(code);
}

function pauseBefore(n: number, outcome: Failure): number {
  const asked = "body" in outcome ? outcome.retryAfter : undefined;
  return Math.min(longestPause, asked === undefined ? firstPause * 2 ** (n - 1) : asked * 1000);
}

function refusal(outcome: Failure, target: Target): Error {
  if ("error" in outcome) {
    if (outcome.error instanceof ApiError) return outcome.error;
    const code = codeOf(outcome.error);
    // What the wire did to one answer is no verdict on the whole server.
    return ["truncated", "timeout", "large"].includes(code)
      ? new ApiError(0, outcome.error.message, code)
      : new ClusterError("unreachable", connectionProblem(outcome.error, target));
  }
  const { status, body } = outcome;
  if (status === 401)
    return new ClusterError(
      "unreachable",
      "You must be logged in to the server (Unauthorized)",
      "Sign in again, or check --context, --user and --token.",
    );
  return new ApiError(status, messageIn(body) ?? `the server answered ${String(status)}`);
}

function messageIn(body: Buffer): string | undefined {
  try {
    return text(parse(body), "message");
  } catch {
    return undefined;
  }
}

export function parse(body: Buffer): Json {
  try {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what JSON.parse gives is Json
    return JSON.parse(body.toString("utf8")) as Json;
  } catch {
    throw new ApiError(0, "the server answered with something that is no JSON", "garbled");
  }
}

import {
  request as plainRequest,
  type Agent,
  type IncomingMessage,
  type OutgoingHttpHeaders,
} from "node:http";
import { request as secureRequest } from "node:https";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";

const unzip = promisify(gunzip);

/** Why a request got no whole answer; `code` as Node gives it, or timeout, truncated, large. */
class TransportError extends Error {
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** How to reach one server. Times are in milliseconds. */
export interface Wire {
  readonly server: URL;
  readonly agent: Agent;
  readonly headers: OutgoingHttpHeaders;
  readonly compress: boolean;
  /** For a whole request, as kubectl's --request-timeout; undefined: as long as bytes arrive. */
  readonly timeout: number | undefined;
}

export interface Answer {
  readonly status: number;
  /** Seconds that the server asks to wait; undefined where it does not. */
  readonly retryAfter: number | undefined;
  readonly body: Buffer;
}

/** A server that sends nothing for so long is taken for dead. */
const silence = 60_000;

/** What zlib takes where nobody says. */
const smallestRoom = 16 * 1024;

/** A GET, with its body in memory: at most `most` bytes of it, as they travel and unpacked. */
export async function send(
  wire: Wire,
  path: string,
  accept: string,
  most: number,
): Promise<Answer> {
  const response = await open(wire, path, accept);
  const body = await bodyOf(response, most);
  if (response.statusCode === 200 && !isWhole(body)) throw cutOff();
  return { status: response.statusCode ?? 0, retryAfter: waitIn(response), body };
}

/** Starts a GET and hands out the response as soon as its headers are there. */
export function open(
  wire: Wire,
  path: string,
  accept: string,
  quiet = silence,
): Promise<IncomingMessage> {
  const { server, agent, compress, timeout } = wire;
  const ask = server.protocol === "https:" ? secureRequest : plainRequest;
  return new Promise((resolve, reject) => {
    const request = ask(
      {
        agent,
        hostname: server.hostname.replace(/^\[|\]$/g, ""),
        port: server.port,
        path: server.pathname.replace(/\/$/, "") + path,
        headers: {
          ...wire.headers,
          accept,
          "user-agent": "kubectl-knative-certs",
          ...(compress && { "accept-encoding": "gzip" }),
        },
      },
      resolve,
    );
    const abort = (milliseconds: number) => () => {
      request.destroy(
        new TransportError(
          "timeout",
          `request canceled: no answer within ${String(milliseconds / 1000)} s`,
        ),
      );
    };
    request.setTimeout(quiet, abort(quiet));
    if (timeout !== undefined) {
      const timer = setTimeout(abort(timeout), timeout);
      request.once("close", () => {
        clearTimeout(timer);
      });
    }
    request.once("error", reject);
    request.end();
  });
}

async function bodyOf(response: IncomingMessage, most: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of response) {
      const bytes: Buffer = Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk));
      length += bytes.length;
      if (length > most) throw tooLarge(most);
      chunks.push(bytes);
    }
  } catch (error) {
    if (error instanceof TransportError) throw error;
    throw cutOff();
  }
  const body = Buffer.concat(chunks);
  if (response.headers["content-encoding"] !== "gzip") return body;
  try {
    return await unzip(body, { maxOutputLength: most, chunkSize: roomFor(body, most) });
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : "";
    throw code === "ERR_BUFFER_TOO_LARGE" ? tooLarge(most) : cutOff();
  }
}

/** Bytes to unpack into at once, instead of into many pieces that are then joined: gzip ends with its length unpacked. */
function roomFor(packed: Buffer, most: number): number {
  const length = packed.length < 4 ? 0 : packed.readUInt32LE(packed.length - 4);
  // One byte more, as room that is all used up means to zlib that there is more to come.
  return Math.min(most, Math.max(smallestRoom, length + 1));
}

/** Something in between can cut an answer so that the protocol does not show it; JSON objects end with a brace. */
function isWhole(body: Buffer): boolean {
  const last = body.subarray(-8).toString("latin1").trimEnd();
  return last.endsWith("}");
}

function cutOff(): TransportError {
  return new TransportError("truncated", "the answer ended before it was complete");
}

function tooLarge(most: number): TransportError {
  return new TransportError("large", `the answer is larger than ${String(most / 1024 / 1024)} MiB`);
}

function waitIn({ headers }: IncomingMessage): number | undefined {
  const value = Number(headers["retry-after"]);
  return Number.isFinite(value) && value >= 0 ? value : undefined;
}

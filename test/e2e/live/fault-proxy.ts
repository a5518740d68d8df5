import { readFileSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { request as askSecurely } from "node:https";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import type { JsonObject } from "../../../src/model/json.ts";
import type { Cluster } from "../cluster.ts";

/** What a line does to requests. */
export interface Faults {
  /** Only to those whose path and query match. */
  readonly only?: RegExp;
  /** Only to the first so many of one path and query; a client that tries again gets through. */
  readonly first?: number;
  /** Milliseconds before each answer. */
  readonly delay?: number;
  /** A number is the status of an answer that the API server never saw. */
  readonly fault?: "reset" | "cut" | number;
}

/** Puts a proxy with faults in front of the API server, and hands out a kubeconfig that leads through it. */
export async function withFaults<T>(
  cluster: Cluster,
  { only = /^/, first = Infinity, delay = 0, fault }: Faults,
  use: (kubeconfig: string) => Promise<T>,
): Promise<T> {
  const ca = readFileSync(join(cluster.directory, "apiserver", "apiserver.crt"));
  const seen = new Map<string, number>();
  const isHit = (url: string) => {
    const count = (seen.get(url) ?? 0) + 1;
    seen.set(url, count);
    return only.test(url) && count <= first;
  };
  const proxy = createServer((request, response) => {
    const hit = isHit(request.url ?? "") ? fault : undefined;
    if (hit === "reset") request.socket.destroy();
    else if (typeof hit === "number") refuse(response, hit);
    else forward({ cluster, ca, delay, cut: hit === "cut" }, request, response);
  });
  await new Promise<void>((resolve) => {
    proxy.listen(0, "127.0.0.1", resolve);
  });
  const { port } = proxy.address() as AddressInfo;
  const kubeconfig = join(cluster.directory, `faults-${port}.kubeconfig`);
  const plain = JSON.parse(readFileSync(cluster.kubeconfig(), "utf8")) as JsonObject;
  const through = { name: "e2e", cluster: { server: `http://127.0.0.1:${port}` } };
  writeFileSync(kubeconfig, JSON.stringify({ ...plain, clusters: [through] }), { mode: 0o600 });
  try {
    return await use(kubeconfig);
  } finally {
    proxy.closeAllConnections();
    proxy.close();
  }
}

function refuse(response: ServerResponse, code: number): void {
  response.writeHead(code, {
    "content-type": "application/json",
    ...(code === 429 && { "retry-after": "1" }),
  });
  response.end(JSON.stringify({ kind: "Status", message: `injected ${code}`, code }));
}

interface Onward {
  readonly cluster: Cluster;
  readonly ca: Buffer;
  readonly delay: number;
  /** Half of the answer is lost, so that the protocol does not show it. */
  readonly cut: boolean;
}

function forward(
  { cluster, ca, delay, cut }: Onward,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const onward = askSecurely(
    `${cluster.server}${request.url ?? ""}`,
    { ca, headers: { ...request.headers, host: new URL(cluster.server).host } },
    (answer) => {
      const chunks: Buffer[] = [];
      answer.on("data", (chunk: Buffer) => chunks.push(chunk));
      answer.on("end", () => {
        const body = Buffer.concat(chunks);
        const {
          "content-length": _length,
          "transfer-encoding": _encoding,
          ...headers
        } = answer.headers;
        setTimeout(() => {
          response.writeHead(answer.statusCode ?? 502, headers);
          response.end(cut ? body.subarray(0, Math.floor(body.length / 2)) : body);
        }, delay);
      });
    },
  );
  onward.on("error", () => request.socket.destroy());
  onward.end();
}

import type { IncomingMessage, ServerResponse } from "node:http";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { connect, type Client } from "../../../src/load/cluster/client.ts";
import { noConnectionFlags } from "../../../src/load/cluster/flags.ts";
import { listAll } from "../../../src/load/cluster/list.ts";
import { targetOf } from "../../../src/load/cluster/target.ts";
import { text, type JsonObject } from "../../../src/model/json.ts";
import { status, withApi, type FakeApi, type FakeOptions } from "../../support/api-server.ts";

const surroundings = { env: {}, home: "/", stdinIsTerminal: false, warn: () => undefined };
const none = { clusters: new Map(), users: new Map(), contexts: new Map(), currentContext: "" };

async function withClient<T>(
  options: FakeOptions,
  use: (client: Client, api: FakeApi) => Promise<T>,
  timeout?: number,
): Promise<T> {
  return withApi(options, async (api) => {
    const target = targetOf(none, "", { ...noConnectionFlags, server: api.server });
    const client = await connect(target, timeout, surroundings);
    try {
      return await use(client, api);
    } finally {
      client.close();
    }
  });
}

/** Does something to the first requests of a path only. */
function first(times: number, act: (request: IncomingMessage, response: ServerResponse) => void) {
  let seen = 0;
  return (request: IncomingMessage, response: ServerResponse) => {
    if (request.url !== "/version" || seen === times) return false;
    seen++;
    act(request, response);
    return true;
  };
}

const throttled = (_: unknown, response: ServerResponse) => {
  response.setHeader("retry-after", "0");
  status(response, 429, "too many requests");
};
const half = JSON.stringify({ gitVersion: "v1.36.3" }).slice(0, 12);

describe("a request", () => {
  it.each([
    ["429 with Retry-After", first(4, throttled)],
    ["500", first(1, (_, response) => status(response, 500, "etcd is away"))],
    ["a reset", first(1, (request) => request.socket.destroy())],
    [
      "a reset in the body",
      first(1, (request, response) => {
        response.writeHead(200, { "content-length": "100" });
        response.write(half, () => request.socket.destroy());
      }),
    ],
    ["a body that is cut without a sign", first(1, (_, response) => response.end(half))],
    [
      "a packed body that is cut",
      first(1, (_, response) => {
        response.writeHead(200, { "content-encoding": "gzip" });
        response.end(gzipSync(half.repeat(50)).subarray(0, 20));
      }),
    ],
  ])("is asked again after %s", async (_name, fault) => {
    await withClient({ fault }, async (client) => {
      expect(await client.getJson("/version")).toEqual({ gitVersion: "v1.36.3" });
    });
  });

  it("gives up on what does not pass, with the server's words", async () => {
    const fault = first(99, (_, response) => {
      response.setHeader("retry-after", "0");
      status(response, 503, "the server is currently unable to handle the request");
    });
    await withClient({ fault }, async (client, { asked }) => {
      await expect(client.getJson("/version")).rejects.toMatchObject({
        status: 503,
        message: "the server is currently unable to handle the request",
      });
      expect(asked).toHaveLength(5);
    });
  });

  it("is not repeated where the answer is no", async () => {
    const fault = first(99, (_, response) => status(response, 403, "version is forbidden"));
    await withClient({ fault }, async (client, { asked }) => {
      await expect(client.getJson("/version")).rejects.toMatchObject({ status: 403 });
      expect(asked).toHaveLength(1);
    });
  });

  it("ends at --request-timeout", async () => {
    await withClient(
      { fault: () => true },
      async (client, { asked }) => {
        await expect(client.getJson("/version")).rejects.toThrow("no answer within 0.05 s");
        expect(asked).toHaveLength(1);
      },
      50,
    );
  });

  it("says as kubectl that nobody listens", async () => {
    const target = targetOf(none, "", { ...noConnectionFlags, server: "http://127.0.0.1:1" });
    const client = await connect(target, undefined, surroundings);
    await expect(client.getJson("/version")).rejects.toThrow(
      "The connection to the server 127.0.0.1:1 was refused - did you specify the right host or port?",
    );
  });
});

const issuers: readonly JsonObject[] = Array.from({ length: 12 }, (_, i) => ({
  apiVersion: "cert-manager.io/v1",
  kind: "ClusterIssuer",
  metadata: { name: `issuer-${i}`, annotations: { text: "x".repeat(20) } },
}));
const secrets: readonly JsonObject[] = Array.from({ length: 12 }, (_, i) => ({
  apiVersion: "v1",
  kind: "Secret",
  type: "kubernetes.io/tls",
  metadata: { name: `secret-${i}`, namespace: "a" },
}));

const listIn = (client: Client, plural: string, pages: number[] = []) =>
  listAll(
    client,
    { apiVersion: plural === "secrets" ? "v1" : "cert-manager.io/v1", plural },
    {},
    (raw) => text(raw, "metadata", "name"),
    { withKeys: false, onPage: (items) => pages.push(items) },
  );

const expires: FakeOptions["fault"] = (_request, response, url) => {
  if (!url.searchParams.has("continue")) return false;
  status(response, 410, "The provided continue parameter is too old");
  return true;
};

const large = `{"items":["${"x".repeat(33 * 1024 * 1024)}"]}`;
const largeOnes =
  (
    body: string | Buffer,
    headers: Readonly<Record<string, string>>,
  ): NonNullable<FakeOptions["fault"]> =>
  (_request, response, url) => {
    if (Number(url.searchParams.get("limit")) <= 10) return false;
    response.writeHead(200, headers);
    response.end(body);
    return true;
  };

describe.each([
  ["clusterissuers", issuers, "issuer"],
  ["secrets", secrets, "secret"],
])("a list of %s", (plural, objects, name) => {
  const all = objects.map((_, i) => `${name}-${i}`);

  it("is read page by page, each asked for once", async () => {
    await withClient({ objects, pageSize: 5 }, async (client, { asked }) => {
      const pages: number[] = [];
      expect(await listIn(client, plural, pages)).toEqual({ kept: all, resourceVersion: "7" });
      expect(pages).toEqual([5, 5, 2]);
      expect(asked).toHaveLength(3);
    });
  });

  it("is begun anew when its versions expire, without double objects", async () => {
    let expired = false;
    const fault: FakeOptions["fault"] = (_request, response, url) => {
      if (expired || url.searchParams.get("continue") !== "5") return false;
      expired = true;
      status(response, 410, "The provided continue parameter is too old");
      return true;
    };
    await withClient({ objects, pageSize: 5, fault }, async (client) => {
      expect((await listIn(client, plural)).kept).toEqual(all);
    });
  });

  it("fails when it keeps expiring", async () => {
    await withClient({ objects, pageSize: 5, fault: expires }, async (client) => {
      await expect(listIn(client, plural)).rejects.toMatchObject({ status: 410 });
    });
  });
});

it.each([
  ["as it is", largeOnes(large, {})],
  ["packed", largeOnes(gzipSync(large), { "content-encoding": "gzip" })],
])("asks for smaller pages where one is too large to hold, %s", async (_name, fault) => {
  await withClient({ objects: issuers, fault }, async (client, { asked }) => {
    expect((await listIn(client, "clusterissuers")).kept).toHaveLength(12);
    expect(asked.map((url) => /limit=(\d+)/.exec(url)?.[1])).toEqual([
      "500",
      "125",
      "31",
      "7",
      "7",
    ]);
  });
});

it("unpacks an answer of any length", async () => {
  for (const length of [0, 1, 16_300, 16_384, 200_000]) {
    const body = JSON.stringify({ text: "x".repeat(length) });
    const fault = first(1, (_, response) => {
      response.writeHead(200, { "content-encoding": "gzip" });
      response.end(gzipSync(body));
    });
    await withClient({ fault }, async (client) => {
      expect(JSON.stringify(await client.getJson("/version"))).toBe(body);
    });
  }
});

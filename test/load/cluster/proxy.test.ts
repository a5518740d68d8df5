import { createServer, type IncomingMessage } from "node:http";
import { connect as dial, type AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { describe, expect, it } from "vitest";
import { proxyFromEnvironment } from "../../../src/load/cluster/proxy.ts";
import { itemsOf, kubeconfig, withApi } from "../../support/api-server.ts";
import { ran, withFiles } from "../../support/command-line.ts";

describe("the proxy of the environment", () => {
  const server = "https://api.example.com:6443";
  it.each([
    [server, { HTTPS_PROXY: "http://p:1" }, "http://p:1"],
    [server, { https_proxy: "p:1" }, "http://p:1"],
    [server, { HTTP_PROXY: "http://p:1" }, undefined],
    ["http://api.example.com", { HTTP_PROXY: "http://p:1" }, "http://p:1"],
    [server, { HTTPS_PROXY: "http://p:1", NO_PROXY: "*" }, undefined],
    [server, { HTTPS_PROXY: "http://p:1", NO_PROXY: "example.com" }, undefined],
    [server, { HTTPS_PROXY: "http://p:1", NO_PROXY: ".example.com" }, undefined],
    [server, { HTTPS_PROXY: "http://p:1", NO_PROXY: "*.example.com" }, undefined],
    [server, { HTTPS_PROXY: "http://p:1", NO_PROXY: "ample.com" }, "http://p:1"],
    [server, { HTTPS_PROXY: "http://p:1", NO_PROXY: "example.com:443" }, "http://p:1"],
    [server, { HTTPS_PROXY: "http://p:1", NO_PROXY: "x, api.example.com:6443" }, undefined],
    ["https://10.1.2.3", { HTTPS_PROXY: "http://p:1", NO_PROXY: "10.0.0.0/8" }, undefined],
    ["https://10.1.2.3", { HTTPS_PROXY: "http://p:1", NO_PROXY: "10.1.2.3" }, undefined],
    ["https://11.1.2.3", { HTTPS_PROXY: "http://p:1", NO_PROXY: "10.0.0.0/8" }, "http://p:1"],
    ["https://[fd00::1]", { HTTPS_PROXY: "http://p:1", NO_PROXY: "fd00::/8" }, undefined],
    ["https://localhost:1", { HTTPS_PROXY: "http://p:1" }, undefined],
    ["https://127.0.0.1:1", { HTTPS_PROXY: "http://p:1" }, undefined],
  ])("for %s with %j is %s", (url, env, expected) => {
    expect(proxyFromEnvironment(new URL(url), env)).toBe(expected);
  });
});

/** A proxy that tunnels, and notes where to and with which credentials. */
async function withProxy(use: (url: string, seen: string[]) => Promise<void>): Promise<void> {
  const seen: string[] = [];
  const proxy = createServer();
  proxy.on("connect", (request: IncomingMessage, socket: Duplex) => {
    seen.push(`${request.url ?? ""} ${request.headers["proxy-authorization"] ?? ""}`.trim());
    const [host = "", port = ""] = (request.url ?? "").split(":");
    const onward = dial(Number(port), host, () => {
      socket.write("HTTP/1.1 200 OK\r\n\r\n");
      onward.pipe(socket).pipe(onward);
    });
    onward.on("error", () => socket.destroy());
    socket.on("error", () => onward.destroy());
  });
  await new Promise<void>((resolve) => {
    proxy.listen(0, "127.0.0.1", resolve);
  });
  const { port } = proxy.address() as AddressInfo;
  try {
    await use(`http://me:secret@127.0.0.1:${port}`, seen);
  } finally {
    proxy.closeAllConnections();
    proxy.close();
  }
}

it("goes through the proxy-url of a cluster, over few connections", async () => {
  await withApi({ objects: itemsOf({ items: [] }) }, async ({ server, asked }) => {
    await withProxy(async (url, seen) => {
      const config = JSON.stringify({
        "current-context": "a",
        clusters: [{ name: "a", cluster: { server, "proxy-url": url } }],
        contexts: [{ name: "a", context: { cluster: "a", user: "" } }],
      });
      await withFiles({ config }, async (directory) => {
        const { code, err } = await ran(["check", "--kubeconfig", `${directory}/config`]);
        expect({ code, err }).toEqual({ code: 0, err: "" });
        expect(asked.length).toBeGreaterThan(10);
        expect(seen.length).toBeLessThanOrEqual(6);
        const expected = `${server.slice("http://".length)} Basic ${Buffer.from("me:secret").toString("base64")}`;
        expect(new Set(seen)).toEqual(new Set([expected]));
      });
    });
  });
});

it("refuses a proxy of a kind that nobody knows", async () => {
  const config = kubeconfig({ a: "http://localhost:1" }).replace(
    '"server"',
    '"proxy-url":"ftp://x","server"',
  );
  await withFiles({ config }, async (directory) => {
    const { code, err } = await ran(["check", "--kubeconfig", `${directory}/config`]);
    expect(code).toBe(2);
    expect(err).toContain("invalid proxy URL ftp://x");
  });
});

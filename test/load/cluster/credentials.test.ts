import type { IncomingMessage } from "node:http";
import { chmodSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../../src/model/json.ts";
import { kubeconfig, status, withApi } from "../../support/api-server.ts";
import { ran, withFiles } from "../../support/command-line.ts";

/** Runs `check` with this user, and gives the headers of the first request. */
async function headersFor(user: JsonObject, argv: readonly string[] = [], plugin = "") {
  return withApi({}, async ({ server, headers }) =>
    withFiles(
      { config: kubeconfig({ a: server }, user), plugin, token: "from-file\n" },
      async (directory) => {
        chmodSync(`${directory}/plugin`, 0o755);
        const { code, err } = await ran(["check", "--kubeconfig", `${directory}/config`, ...argv], {
          env: { PATH: process.env["PATH"] ?? "", HOME: directory },
        });
        return { code, err, headers: headers[0] ?? {} };
      },
    ),
  );
}

const v1 = "client.authentication.k8s.io/v1";
const script = (credential: string) => `#!/bin/sh\n${credential}\n`;
const exec = (more: JsonObject = {}): JsonObject => ({
  exec: { apiVersion: v1, command: "./plugin", interactiveMode: "IfAvailable", ...more },
});
const printing = (outcome: string, apiVersion = v1) =>
  script(`echo '{"apiVersion":"${apiVersion}","kind":"ExecCredential","status":${outcome}}'`);

describe("what is sent", () => {
  it.each<[JsonObject, readonly string[], object]>([
    [{ token: "t" }, [], { authorization: "Bearer t" }],
    [{ tokenFile: "token" }, [], { authorization: "Bearer from-file" }],
    [{ token: "t" }, ["--token", "u"], { authorization: "Bearer u" }],
    [
      {},
      ["--username", "u", "--password", "p"],
      { authorization: `Basic ${Buffer.from("u:p").toString("base64")}` },
    ],
    [{}, ["--as", "jane", "--as-uid", "7"], { "impersonate-user": "jane", "impersonate-uid": "7" }],
    [
      { as: "jane", "as-groups": ["a"] },
      [],
      { "impersonate-user": "jane", "impersonate-group": "a" },
    ],
    [
      {},
      ["--as", "j", "--as-user-extra", "scopes/x=1", "--as-user-extra", "scopes/x=2"],
      { "impersonate-extra-scopes%2fx": "1, 2" },
    ],
    [{}, ["--as", "j", "--as-group", "a", "--as-group", "b"], { "impersonate-group": "a, b" }],
    [{}, ["--disable-compression"], {}],
  ])("of %j with %j", async (user, argv, expected) => {
    const { headers, code } = await headersFor(user, argv);
    expect(code).toBe(0);
    expect(headers).toMatchObject(expected);
    expect(headers["accept-encoding"]).toBe(
      argv.includes("--disable-compression") ? undefined : "gzip",
    );
  });

  it.each<[JsonObject, readonly string[], string]>([
    [
      { token: "t", username: "u" },
      [],
      "username/password or bearer token may be set, but not both",
    ],
    [{}, ["--as-group", "a"], "without impersonating a user"],
    [{ "auth-provider": { name: "azure" } }, [], 'no Auth Provider found for name "azure"'],
  ])("refuses %j with %j", async (user, argv, message) => {
    const { code, err } = await headersFor(user, argv);
    expect(code).toBe(2);
    expect(err).toContain(message);
  });
});

const takesNewOnly = (request: IncomingMessage, response: Parameters<typeof status>[0]) => {
  if (request.headers.authorization === "Bearer new") return false;
  status(response, 401, "Unauthorized");
  return true;
};

describe("a credential plugin", () => {
  it("is handed what kubectl hands it, and its token is used", async () => {
    const echo = script(
      `printf '{"apiVersion":"${v1}","status":{"token":"%s|%s|%s"}}' "$1" "$EXTRA" "$(echo "$KUBERNETES_EXEC_INFO" | base64 -w0)"`,
    );
    const user = exec({
      args: ["one"],
      env: [{ name: "EXTRA", value: "two" }],
      provideClusterInfo: true,
    });
    const { headers } = await headersFor(user, [], echo);
    const [arg, extra, info = ""] = (headers.authorization ?? "").replace("Bearer ", "").split("|");
    expect([arg, extra]).toEqual(["one", "two"]);
    expect(JSON.parse(Buffer.from(info, "base64").toString())).toMatchObject({
      kind: "ExecCredential",
      apiVersion: v1,
      spec: {
        interactive: false,
        cluster: { server: expect.stringContaining("http://127.0.0.1") as string },
      },
    });
  });

  it("is asked again once when the server no longer takes its token", async () => {
    const plugin = script(
      `if [ -f "$HOME/again" ]; then T=new; else T=old; touch "$HOME/again"; fi; echo '{"apiVersion":"${v1}","status":{"token":"'$T'"}}'`,
    );
    await withApi({ fault: takesNewOnly }, async ({ server }) =>
      withFiles({ config: kubeconfig({ a: server }, exec()), plugin }, async (directory) => {
        chmodSync(`${directory}/plugin`, 0o755);
        const env = { PATH: process.env["PATH"] ?? "", HOME: directory };
        const { code, err } = await ran(["check", "--kubeconfig", `${directory}/config`], { env });
        expect({ code, err }).toEqual({ code: 0, err: "" });
      }),
    );
  });

  it.each<[string, string, JsonObject, string]>([
    ["fails", script("exit 7"), {}, "exec: executable plugin failed with exit code 7"],
    ["is not there", "", { command: "./none" }, "not found"],
    ["prints no JSON", script("echo hello"), {}, "printed no JSON"],
    [
      "speaks another version",
      printing('{"token":"t"}', "client.authentication.k8s.io/v1beta1"),
      {},
      "plugin returned version client.authentication.k8s.io/v1beta1",
    ],
    ["gives nothing", printing("{}"), {}, "didn't return a token or cert/key pair"],
    [
      "must ask, and cannot",
      printing("{}"),
      { interactiveMode: "Always" },
      "standard input is not a terminal",
    ],
  ])("that %s is told of as kubectl does", async (_name, plugin, more, message) => {
    const { code, err } = await headersFor(exec(more), [], plugin);
    expect(code).toBe(3);
    expect(err).toContain("Unable to connect to the server: getting credentials: ");
    expect(err).toContain(message);
  });

  it("must say whether it asks, in version 1", async () => {
    const { code, err } = await headersFor(exec({ interactiveMode: "" }), [], printing("{}"));
    expect(code).toBe(2);
    expect(err).toContain("interactiveMode must be specified for me");
  });
});

const jwtPart = (value: JsonObject) => Buffer.from(JSON.stringify(value)).toString("base64url");

it("signs in through OpenID Connect with the token of the kubeconfig", async () => {
  const token = `${jwtPart({ alg: "none" })}.${jwtPart({ exp: 4_000_000_000 })}.x`;
  const user = { "auth-provider": { name: "oidc", config: { "id-token": token } } };
  const { headers, code } = await headersFor(user);
  expect(code).toBe(0);
  expect(headers.authorization).toBe(`Bearer ${token}`);
});

const refuses = (_: unknown, response: Parameters<typeof status>[0]) => {
  status(response, 401, "Unauthorized");
  return true;
};

it("says that the server does not know the user", async () => {
  await withApi({ fault: refuses }, async ({ server }) =>
    withFiles({ config: kubeconfig({ a: server }) }, async (directory) => {
      const { code, out, err } = await ran(["check", "--kubeconfig", `${directory}/config`]);
      expect({ code, out }).toEqual({ code: 3, out: "" });
      expect(err).toContain("error: You must be logged in to the server (Unauthorized)\n");
    }),
  );
});

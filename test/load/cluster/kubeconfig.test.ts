import { delimiter, join } from "node:path";
import { describe, expect, it } from "vitest";
import { noConnectionFlags, type ConnectionFlags } from "../../../src/load/cluster/flags.ts";
import { inCluster } from "../../../src/load/cluster/in-cluster.ts";
import { loadKubeconfig } from "../../../src/load/cluster/kubeconfig.ts";
import { timeoutOf } from "../../../src/load/cluster/open.ts";
import { contextNames, targetOf } from "../../../src/load/cluster/target.ts";
import { withFiles } from "../../support/command-line.ts";

const first = `
current-context: red
contexts:
- {name: red, context: {cluster: red, user: red}}
clusters:
- {name: red, cluster: {server: "https://red:1", certificate-authority: ca.crt, tls-server-name: red.local}}
users:
- {name: red, user: {token: one}}
`;
const second = `
current-context: blue
contexts:
- {name: blue, context: {cluster: blue, user: red, namespace: shop}}
- {name: red, context: {cluster: blue, user: red}}
clusters:
- {name: blue, cluster: {server: blue.example, insecure-skip-tls-verify: true}}
- {name: red, cluster: {server: "https://other"}}
users:
- {name: red, user: {token: two, client-key: key.pem}}
- {name: plugin, user: {exec: {command: ./bin/plugin, apiVersion: client.authentication.k8s.io/v1}}}
`;
const files = { "a/config": first, "b/config": second, "a/ca.crt": "CA" };

function at(directory: string, flags: Partial<ConnectionFlags> = {}, context = "red") {
  const env = {
    KUBECONFIG: ["a/config", "none", "b/config"]
      .map((path) => join(directory, path))
      .join(delimiter),
  };
  const config = loadKubeconfig(undefined, { env, home: directory });
  return targetOf(config, context, { ...noConnectionFlags, ...flags });
}

describe("a KUBECONFIG list", () => {
  it("passes over missing files, and the first to have a name wins with all it says", async () => {
    await withFiles(files, async (directory) => {
      const target = at(directory);
      expect(target.server.href).toBe("https://red:1/");
      expect(target).toMatchObject({
        name: "red",
        ca: "CA",
        tlsServerName: "red.local",
        userName: "red",
      });
      expect(target.user).toEqual({ token: "one" });
    });
  });

  it("takes the current context of the first file that has one, and paths from where they are written", async () => {
    await withFiles(files, async (directory) => {
      const env = { KUBECONFIG: join(directory, "b/config") };
      const config = loadKubeconfig(undefined, { env, home: directory });
      expect(contextNames(config, [], false)).toEqual(["blue"]);
      expect(contextNames(config, [], true)).toEqual(["blue", "red"]);
      expect(config.users.get("red")).toMatchObject({ "client-key": join(directory, "b/key.pem") });
      expect(config.users.get("plugin")).toMatchObject({
        exec: { command: join(directory, "b/bin/plugin") },
      });
    });
  });

  it("falls back to ~/.kube/config, which need not exist", async () => {
    await withFiles({ ".kube/config": first }, async (directory) => {
      expect(loadKubeconfig(undefined, { env: {}, home: directory }).currentContext).toBe("red");
      const none = loadKubeconfig(undefined, {
        env: { KUBECONFIG: "" },
        home: join(directory, "x"),
      });
      expect(targetOf(none, "", noConnectionFlags).server.href).toBe("http://localhost:8080/");
    });
  });

  it("insists on a file that was named", () => {
    expect(() => loadKubeconfig("/no/such", { env: {}, home: "/" })).toThrow(
      "stat /no/such: no such file or directory",
    );
  });

  it("says where a file is broken", async () => {
    await withFiles({ config: "a: [" }, async (directory) => {
      expect(() => loadKubeconfig(join(directory, "config"), { env: {}, home: "/" })).toThrow(
        /error loading config file/,
      );
    });
  });
});

describe("flags over the kubeconfig", () => {
  it.each<[Partial<ConnectionFlags>, object]>([
    [{ server: "https://new" }, { tlsServerName: undefined, ca: "CA" }],
    [{ server: "https://new", tlsServerName: "x" }, { tlsServerName: "x" }],
    [{ insecureSkipTlsVerify: true }, { insecure: true, ca: undefined }],
    [{ cluster: "blue" }, { insecure: true, ca: undefined }],
    [{ token: "flag" }, { user: { token: "flag" } }],
    [{ as: "jane", asGroups: ["a"] }, { user: { as: "jane", "as-groups": ["a"] } }],
    [{ user: "plugin" }, { userName: "plugin" }],
  ])("%j", async (flags, expected) => {
    await withFiles(files, async (directory) => {
      expect(at(directory, flags)).toMatchObject(expected);
    });
  });

  it("speaks TLS to an address without a scheme where anything says how", async () => {
    await withFiles(files, async (directory) => {
      expect(at(directory, {}, "blue").server.href).toBe("https://blue.example/");
      expect(at(directory, { server: "plain:1", cluster: "" }, "none").server.href).toBe(
        "http://plain:1/",
      );
    });
  });

  it("refuses a CA together with the insecure flag", async () => {
    await withFiles(files, async (directory) => {
      const both = {
        insecureSkipTlsVerify: true,
        certificateAuthority: join(directory, "a/ca.crt"),
      };
      expect(() => at(directory, both)).toThrow(
        "specifying a root certificates file with the insecure flag is not allowed",
      );
    });
  });

  it.each<[Partial<ConnectionFlags>, string]>([
    [{ cluster: "rde" }, 'cluster "rde" does not exist'],
    [{ user: "rde" }, 'auth info "rde" does not exist'],
    [{ certificateAuthority: "/no/such" }, "unable to read /no/such"],
  ])("refuses %j", async (flags, message) => {
    await withFiles(files, async (directory) => {
      expect(() => at(directory, flags)).toThrow(message);
    });
  });

  it("lists the contexts for one that does not exist", async () => {
    await withFiles(files, async (directory) => {
      const config = loadKubeconfig(join(directory, "b/config"), { env: {}, home: "/" });
      expect(() => contextNames(config, ["blu"], false)).toThrow(
        expect.objectContaining({
          message: 'context "blu" does not exist',
          next: "Did you mean blue? There are: blue, red.",
        }),
      );
    });
  });
});

describe("inside of a cluster", () => {
  it("uses the pod's own service account", async () => {
    await withFiles({ token: "t", "ca.crt": "CA", namespace: "shop\n" }, async (directory) => {
      const env = { KUBERNETES_SERVICE_HOST: "fd00::1", KUBERNETES_SERVICE_PORT: "443" };
      const config = inCluster({ env }, directory);
      if (!config) throw new Error("nothing found");
      const target = targetOf(config, config.currentContext, noConnectionFlags);
      expect(target.server.href).toBe("https://[fd00::1]/");
      expect(target).toMatchObject({ name: "in-cluster", ca: "CA" });
      expect(inCluster({ env: {} }, directory)).toBeUndefined();
    });
  });
});

describe("--request-timeout", () => {
  it.each([
    [undefined, undefined],
    ["0", undefined],
    ["5", 5000],
    ["1m30s", 90_000],
    ["250ms", 250],
  ])("%s is %s ms", (value, expected) => {
    expect(timeoutOf(value)).toBe(expected);
  });

  it.each(["soon", "5x", "s"])("refuses %s in kubectl's words", (value) => {
    expect(() => timeoutOf(value)).toThrow("Timeout must be a single integer in seconds");
  });
});

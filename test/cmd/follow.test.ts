import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../src/model/json.ts";
import { kubeconfig, withApi, type FakeApi } from "../support/api-server.ts";
import { ran, withFiles, type Ran } from "../support/command-line.ts";

const network = (value: string): JsonObject => ({
  apiVersion: "v1",
  kind: "ConfigMap",
  metadata: { name: "config-network", namespace: "knative-serving", uid: "1" },
  data: { "external-domain-tls": value },
});

/** An issuer whose CA is in a Secret without the type of a certificate. */
const issuer: JsonObject = {
  apiVersion: "cert-manager.io/v1",
  kind: "ClusterIssuer",
  metadata: { name: "ca", uid: "2" },
  spec: { ca: { secretName: "ca" } },
};
const secret: JsonObject = {
  apiVersion: "v1",
  kind: "Secret",
  type: "Opaque",
  metadata: { name: "ca", namespace: "elsewhere", uid: "3" },
  data: { "tls.crt": "", "tls.key": "" },
};

type Run = (...argv: readonly string[]) => Promise<Ran>;

async function onCluster<T>(
  objects: readonly JsonObject[],
  use: (run: Run, api: FakeApi, written: readonly string[], stop: () => void) => Promise<T>,
): Promise<T> {
  return withApi({ objects }, async (api) =>
    withFiles({ config: kubeconfig({ prod: api.server }) }, async (directory) => {
      const written: string[] = [];
      const end = new AbortController();
      const run: Run = (...argv) =>
        ran(["check", "--no-config", "--kubeconfig", `${directory}/config`, ...argv], {
          ended: end.signal,
          heard: (text) => written.push(text),
        });
      return use(run, api, written, () => {
        end.abort();
      });
    }),
  );
}

async function eventually(holds: () => boolean): Promise<void> {
  for (let n = 0; n < 200; n++) {
    if (holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error("it did not happen within 5 s");
}

const watching =
  ({ asked }: FakeApi, plural: string) =>
  () =>
    asked.some((url) => url.includes(`/${plural}?watch=1`));

describe("--watch", () => {
  it("tells of each change, and of nothing else", async () => {
    await onCluster([network("true")], async (run, api, written, stop) => {
      const running = run("--watch", "--select", "KC111");
      await eventually(() => written.length === 1);
      expect(written[0]).toContain("KC111");
      await eventually(watching(api, "configmaps"));
      api.change("MODIFIED", network("Enabled"));
      await eventually(() => written.length === 2);
      expect(written[1]).not.toContain("error KC111");
      api.change("ADDED", { ...network("x"), metadata: { name: "other", namespace: "shop" } });
      api.change("DELETED", network("Enabled"));
      api.change("ADDED", network("yes"));
      await eventually(() => written.length === 3);
      expect(written[2]).toContain("KC111");
      stop();
      expect((await running).code).toBe(1);
    });
  });

  it("reads a list anew when its versions have expired", async () => {
    await onCluster([network("true")], async (run, api, written, stop) => {
      const running = run("--watch", "--select", "KC111");
      await eventually(() => written.length === 1);
      await eventually(watching(api, "configmaps"));
      api.objects.splice(0, 1, network("Enabled"));
      api.endWatches({ type: "ERROR", object: { kind: "Status", code: 410, message: "too old" } });
      await eventually(() => written.length === 2);
      expect(written[1]).not.toContain("error KC111");
      stop();
      expect((await running).code).toBe(0);
    });
  });

  it("reads a Secret once something names it", async () => {
    await onCluster([secret], async (run, api, written, stop) => {
      const running = run("--watch", "--select", "KC207,KC111");
      await eventually(() => written.length === 1);
      await eventually(watching(api, "clusterissuers"));
      expect(api.asked).not.toContain("/api/v1/namespaces/elsewhere/secrets/ca");
      api.change("ADDED", issuer);
      await eventually(() => api.asked.includes("/api/v1/namespaces/elsewhere/secrets/ca"));
      stop();
      await running;
    });
  });

  it("is for clusters only", async () => {
    const { code, err } = await ran(["check", "examples/shop", "--watch"]);
    expect(code).toBe(2);
    expect(err).toContain("--watch and --wait follow a cluster");
  });
});

describe("--wait", () => {
  it("ends as soon as there is nothing to find", async () => {
    await onCluster([network("true")], async (run, api, written) => {
      const running = run("--wait", "5m", "--select", "KC111");
      await eventually(watching(api, "configmaps"));
      expect(written).toEqual([]);
      api.change("MODIFIED", network("Enabled"));
      const { code, out, err } = await running;
      expect(code).toBe(0);
      expect(out).toContain("0 errors");
      expect(err).toBe(
        "waiting: 1 error, 0 warnings, 0 infos\nwaiting: 0 errors, 0 warnings, 0 infos\n",
      );
    });
  });

  it("ends when the time is over with the code of the last state", async () => {
    await onCluster([network("true")], async (run) => {
      const { code, out } = await run("--wait", "200ms", "--select", "KC111");
      expect(code).toBe(1);
      expect(out).toContain("error KC111");
    });
  });

  it("does not wait where there is nothing to wait for", async () => {
    await onCluster([network("Enabled")], async (run) => {
      expect(await run("--wait", "1h", "--select", "KC111")).toMatchObject({ code: 0, err: "" });
    });
  });

  it.each(["soon", "5x"])("refuses %s", async (time) => {
    const { code, err } = await ran(["check", "--wait", time]);
    expect(code).toBe(2);
    expect(err).toContain(`--wait ${time} is no time`);
  });
});

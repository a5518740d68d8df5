import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Api } from "./api.ts";
import { startCluster, type Cluster } from "./cluster.ts";
import { makeHealthy } from "./healthy.ts";
import type { Knative } from "./knative.ts";
import { played } from "./live-sessions.ts";
import { observe } from "./observe.ts";
import { shellIn, type Shell } from "./shell.ts";

beforeAll(() => {
  execFileSync("npm", ["run", "--silent", "build"]);
});

/** A healthy cluster for the tests of one guide. */
function onCluster(): {
  readonly of: () => { cluster: Cluster; knative: Knative; shell: Shell };
} {
  let made: { cluster: Cluster; knative: Knative; shell: Shell } | undefined;
  beforeAll(async () => {
    const cluster = await startCluster();
    const { knative } = await makeHealthy(cluster);
    made = { cluster, knative, shell: shellIn(cluster) };
  });
  afterAll(() => made?.cluster.stop());
  return {
    of: () => {
      if (!made) throw new Error("there is no cluster yet");
      return made;
    },
  };
}

/** Pods of Knative's components, as a kubelet would report them. */
async function runPods(api: Api): Promise<void> {
  for (const { metadata, spec } of await api.list("Deployment", "knative-serving")) {
    const { template } = spec as { readonly template: { readonly metadata: object } };
    const path = "/api/v1/namespaces/knative-serving/pods";
    const name = `${metadata.name}-0`;
    await api.ask("POST", path, {
      apiVersion: "v1",
      kind: "Pod",
      metadata: { ...template.metadata, name },
      spec: { containers: [{ name: "main", image: "example.com/component" }] },
    });
    const status = { phase: "Running", startTime: new Date().toISOString().replace(/\.\d+/, "") };
    await api.ask("PATCH", `${path}/${name}/status`, { status }, "application/merge-patch+json");
  }
}

describe("docs/check-a-cluster.md", () => {
  const { of } = onCluster();

  it("does what it says", { timeout: 900_000 }, async () => {
    const { cluster, knative, shell } = of();
    await runPods(cluster.api);
    const path = "docs/check-a-cluster.md";
    const fresh = await played(readFileSync(path, "utf8"), knative, shell);
    await expect(fresh).toMatchFileSnapshot(`../../${path}`);
  });
});

describe("docs/rotate-a-ca.md", () => {
  const { of } = onCluster();

  it(
    "does what it says, and no real handshake fails on the way",
    { timeout: 900_000 },
    async () => {
      const { cluster, knative, shell } = of();
      const path = "docs/rotate-a-ca.md";
      const fresh = await played(readFileSync(path, "utf8"), knative, shell, async (command) => {
        const { activatorToQueueProxy, gatewayTo } = await observe(cluster);
        const decided = [...Object.values(activatorToQueueProxy), ...Object.values(gatewayTo)];
        expect([command, [...new Set(decided)]]).toEqual([command, ["ok"]]);
      });
      await expect(fresh).toMatchFileSnapshot(`../../${path}`);
    },
  );
});

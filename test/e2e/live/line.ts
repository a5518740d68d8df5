import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import type { JsonObject } from "../../../src/model/json.ts";
import type { Cluster } from "../cluster.ts";
import { check, gapsOf, parsed, through } from "./asked.ts";
import { withFaults, type Faults } from "./fault-proxy.ts";

/** A list longer than a page, so that something can happen in its middle. */
const many = 600;

const passing: readonly (readonly [string, Faults])[] = [
  ["latency", { delay: 200 }],
  ["every connection reset once", { first: 1, fault: "reset" }],
  ["429 to each list at first", { only: /cert-manager|configmaps/, first: 1, fault: 429 }],
  ["500 to each list, twice", { only: /certificates|secrets/, first: 2, fault: 500 }],
  ["503 to each request at first", { first: 1, fault: 503 }],
  ["each answer cut once", { first: 1, fault: "cut" }],
  ["410 in mid-list", { only: /\/configmaps\?.*continue=/, first: 1, fault: 410 }],
  ["no answer to what the server has", { only: /^\/(?:apis|version)$/, fault: 500 }],
];

const lasting: readonly (readonly [string, Faults, string])[] = [
  ["500", { only: /\/configmaps\?/, fault: 500 }, "ConfigMap cannot be read: injected 500"],
  [
    "410 in mid-list",
    { only: /\/configmaps\?.*continue=/, fault: 410 },
    "ConfigMap cannot be read: injected 410",
  ],
  [
    "401",
    { only: /\/deployments\?/, fault: 401 },
    "Deployment cannot be read: You must be logged in to the server (Unauthorized)",
  ],
  [
    "a reset",
    { only: /\/issuers\?/, fault: "reset" },
    "Issuer cannot be read: Unable to connect to the server: ",
  ],
  [
    "a body that is cut",
    { only: /\/issuers\?/, fault: "cut" },
    "Issuer cannot be read: the answer ended before it was complete",
  ],
];

/** What happens to a line between the program and the API server. */
export function triesLines(given: () => Cluster): void {
  it("long lists come in several pages", async () => {
    const cluster = given();
    const names = Array.from({ length: many }, (_, i) => `of-many-${i}`);
    const next = names.values();
    const worker = async () => {
      for (const name of next)
        await cluster.api.create({
          apiVersion: "v1",
          kind: "ConfigMap",
          metadata: { name, namespace: "shop" },
        });
    };
    await Promise.all(Array.from({ length: 8 }, worker));
    const outcome = await withFaults(cluster, { only: /continue=/, fault: 500 }, (kubeconfig) =>
      through(kubeconfig, "check", "-o", "json"),
    );
    expect(gapsOf(outcome).map(({ why }) => why)).toContain(
      "ConfigMap cannot be read: injected 500",
    );
  });

  it.each(passing)("%s changes nothing", async (_name, faults) => {
    const whole = await check(given(), "admin");
    const outcome = await withFaults(given(), faults, (kubeconfig) =>
      through(kubeconfig, "check", "-o", "json"),
    );
    expect(parsed(outcome).findings).toEqual(parsed(whole).findings);
    expect(gapsOf(outcome)).toEqual(gapsOf(whole));
    expect(outcome.code).toBe(whole.code);
  });

  it.each(lasting)(
    "%s for one kind for good is named, and the rest is analysed",
    async (_name, faults, why) => {
      const outcome = await withFaults(given(), faults, (kubeconfig) =>
        through(kubeconfig, "check", "-o", "json"),
      );
      expect([0, 1]).toContain(outcome.code);
      expect(gapsOf(outcome).map((gap) => gap.why)).toContainEqual(expect.stringContaining(why));
      expect(parsed(outcome).clusters[0]?.coverage.ratio).toBeGreaterThan(0.1);
    },
  );

  it("expired credentials end the run in kubectl's words", async () => {
    await withFaults(given(), { fault: 401 }, async (kubeconfig) => {
      const outcome = await through(kubeconfig, "check", "-o", "json");
      expect(outcome).toMatchObject({ code: 3, out: "" });
      expect(outcome.err).toContain("error: You must be logged in to the server (Unauthorized)");
    });
  });

  it("a certificate of another authority is refused as kubectl does", async () => {
    const { directory, server, kubeconfig } = given();
    const plain = JSON.parse(readFileSync(kubeconfig(), "utf8")) as JsonObject;
    const other = join(directory, "other.kubeconfig");
    const untrusted = { name: "e2e", cluster: { server } };
    writeFileSync(other, JSON.stringify({ ...plain, clusters: [untrusted] }));
    const outcome = await through(other, "check");
    expect(outcome.code).toBe(3);
    expect(outcome.err).toContain("x509: certificate signed by unknown authority");
  });
}

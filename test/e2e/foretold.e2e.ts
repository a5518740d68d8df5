import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { of, type Api } from "./api.ts";
import { startCluster, type Cluster } from "./cluster.ts";
import { isReady, isSynced } from "./conditions.ts";
import { bundle, followCa, makeHealthy, pemOf, renew } from "./healthy.ts";
import type { Knative } from "./knative.ts";
import { said } from "./report.ts";

/**
 * How long each certificate lives and how long before its end it is renewed, in s: no two renewals coincide, and none
 * follows the last within a minute, which the forecast takes for a renewal without end.
 */
const lives = [
  { namespace: "cert-manager", name: "knative-ca", life: 300, before: 215 },
  { namespace: "shop", name: "serving-certs", life: 240, before: 175 },
  { namespace: "knative-serving", name: "routing-serving-certs", life: 260, before: 157 },
  { namespace: "bank", name: "serving-certs", life: 280, before: 130 },
] as const;
/** How long is watched, in s. */
const watched = 185;
/** How much later than foretold a controller may be, in s: each renewal counts from when the one before was done. */
const late = 12;

interface Happening {
  readonly at: number;
  readonly type: string;
  readonly object: string;
}

/** The forecast for three minutes, against cert-manager and trust-manager left to themselves. */
describe("what the forecast says of the next minutes", { timeout: 400_000 }, () => {
  let cluster: Cluster;
  let knative: Knative;

  beforeAll(async () => {
    cluster = await startCluster();
    ({ knative } = await makeHealthy(cluster));
    await followCa(cluster.api);
    for (const { namespace, name, life, before } of lives) {
      const certificate = of("Certificate", namespace, name);
      const spec = { duration: `${life}s`, renewBefore: `${before}s` };
      await cluster.api.patch(certificate, { spec });
      await cluster.api.wait(certificate, isReady);
      await renew(cluster.api, certificate); // a duration where none was asks for no new certificate
    }
    await knative.issued();
    await cluster.api.wait(bundle, isSynced);
  });
  afterAll(() => cluster?.stop());

  it("happens, in that order and at that time", async () => {
    const start = Date.now();
    const foretold = (await forecast(cluster)).filter(({ at }) => at < start + watched * 1000);
    const happened = await watch(cluster.api, start + (watched + late) * 1000);
    const seen = happened.slice(0, foretold.length);
    expect(foretold.length).toBeGreaterThanOrEqual(8);
    expect(seen.map(named)).toEqual(foretold.map(named));
    const untimely = seen
      .map((one, i) => ({ one, delay: (one.at - (foretold[i]?.at ?? 0)) / 1000 }))
      .filter(({ delay }) => delay < -2 || delay > late)
      .map(({ one, delay }) => `${named(one)}: ${delay.toFixed(1)} s`);
    expect(untimely).toEqual([]);
  });
});

function named({ type, object }: Happening): string {
  return `${type} ${object}`;
}

async function forecast(cluster: Cluster): Promise<readonly Happening[]> {
  const kubeconfig = ["--kubeconfig", cluster.kubeconfig(), "--no-config"];
  const out = await said(["forecast", ...kubeconfig, "--horizon", "1h", "-o", "json"]);
  const { events } = JSON.parse(out) as {
    readonly events: readonly {
      readonly at: string;
      readonly type: string;
      readonly object: string;
    }[];
  };
  return events
    .filter(({ type }) => ["renewal", "re-key", "sync"].includes(type))
    .map(({ at, type, object }) => ({ at: Date.parse(at), type, object }));
}

/** What cert-manager and trust-manager do until a time. */
async function watch(api: Api, until: number): Promise<readonly Happening[]> {
  const happened: Happening[] = [];
  const before = new Map<string, string>();
  const look = async (object: string, type: string, state: () => Promise<string>) => {
    const now = await state();
    const known = before.get(object);
    before.set(object, now);
    if (known !== undefined && known !== now) happened.push({ at: Date.now(), type, object });
  };
  while (Date.now() < until) {
    for (const { namespace, name } of lives) {
      const isCa = namespace === "cert-manager";
      await look(`Certificate/${namespace}/${name}`, isCa ? "re-key" : "renewal", () =>
        pemOf(api, of("Secret", namespace, name)),
      );
    }
    await look("Bundle/knative-trust", "sync", async () => {
      const { data = {} } = await api.wait(of("ConfigMap", "knative-serving", "knative-trust"));
      return Object.values(data).join();
    });
    await sleep(100);
  }
  return happened;
}

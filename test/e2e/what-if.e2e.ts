import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readEvents } from "../../cmd/events-file.ts";
import { play } from "../../src/time/events.ts";
import type { World } from "../../src/time/world.ts";
import { of } from "./api.ts";
import { startCluster, type Cluster } from "./cluster.ts";
import { contentsOf, worldNow } from "./contents.ts";
import { removeWithDependents } from "./garbage.ts";
import { bundle, followCa, makeHealthy, rekeyCa, renew } from "./healthy.ts";
import { observe } from "./observe.ts";
import { beside, said, type Row } from "./report.ts";

type Event = { readonly renew: string } | { readonly sync: string };

interface Forecast {
  readonly events: readonly { readonly type: string; readonly object: string }[];
  readonly states: readonly { readonly handshakes: readonly Row[] }[];
}

const ca = "cert-manager/knative-ca";
const routing = "knative-serving/routing-serving-certs";
const leaves = [routing, "shop/serving-certs", "bank/serving-certs"];

const renewals = (...order: readonly string[]) => order.map((one) => ({ renew: one }));
const rekeyed = [{ renew: ca }, { sync: "bundle/knative-trust" }];

/** `forecast --events` before anything happens, against what then really happens. */
describe("what the forecast says of an order of renewals", () => {
  let cluster: Cluster;

  beforeAll(async () => {
    cluster = await startCluster();
    await makeHealthy(cluster);
    await followCa(cluster.api);
  });
  afterAll(() => cluster?.stop());

  function fileOf(events: readonly Event[]): string {
    const file = join(cluster.directory, "events.json");
    writeFileSync(file, JSON.stringify(events));
    return file;
  }

  async function forecast(events: readonly Event[]): Promise<Forecast> {
    const kubeconfig = ["--kubeconfig", cluster.kubeconfig(), "--no-config"];
    return JSON.parse(
      await said(["forecast", ...kubeconfig, "--events", fileOf(events), "-o", "json"]),
    ) as Forecast;
  }

  /** Has the controllers do what the events say, and compares handshakes and contents after each. */
  async function expectForetold(events: readonly Event[]): Promise<void> {
    const { states } = await forecast(events);
    const begin = await worldNow(cluster);
    const foretold = await playedFrom(begin, events);
    const worlds = [begin];
    expect(states.length).toBe(events.length + 1);
    const rowsAfter = (count: number) => states[count]?.handshakes ?? [];
    const start = await observe(cluster);
    expect(beside(rowsAfter(0), start)).toEqual(start);
    for (const [i, event] of events.entries()) {
      await happen(event);
      const observed = await observe(cluster);
      expect(beside(rowsAfter(i + 1), observed), JSON.stringify(event)).toEqual(observed);
      worlds.push(await worldNow(cluster));
    }
    // What a Bundle follows is brought on at once: what lies between is not seen.
    const isSeen = (_: unknown, i: number) => !("sync" in (events[i] ?? {}));
    const real = contentsOf(worlds);
    expect(contentsOf(foretold).filter(isSeen)).toEqual(real.filter(isSeen));
    expect(new Set(real.map((one) => JSON.stringify(one))).size).toBeGreaterThan(2);
  }

  /** The worlds that the events make of the first one, itself among them. */
  async function playedFrom(start: World, events: readonly Event[]): Promise<readonly World[]> {
    const given = await readEvents(fileOf(events), process.cwd());
    const { moments } = play(start, Date.now(), given);
    return moments.map(({ state }) => state.world);
  }

  async function happen(event: Event): Promise<void> {
    if ("sync" in event) return; // trust-manager does it by itself: rekeyCa waits for it.
    const [namespace = "", name = ""] = event.renew.split("/");
    const certificate = of("Certificate", namespace, name);
    if (event.renew === ca && (await cluster.api.get(bundle))) await rekeyCa(cluster.api);
    else await renew(cluster.api, certificate);
  }

  it("comes true when routing-serving-certs renews first", async () => {
    await expect(expectForetold([...rekeyed, ...renewals(...leaves)])).resolves.toBeUndefined();
  });

  it("comes true when it renews last", async () => {
    const order = renewals(...leaves.toReversed());
    await expect(expectForetold([...rekeyed, ...order])).resolves.toBeUndefined();
  });

  it("comes true without a Bundle", async () => {
    await removeWithDependents(cluster.api, await cluster.api.wait(bundle));
    const order = renewals(ca, "shop/serving-certs", routing, "bank/serving-certs");
    await expect(expectForetold(order)).resolves.toBeUndefined();
  });
});

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startCluster, type Cluster } from "./cluster.ts";
import { defects } from "./defects.ts";
import { following, type Following } from "./followed.ts";
import { makeHealthy, type Healthy } from "./healthy.ts";
import { allHold, failing, observable, observe } from "./observe.ts";
import { handshakesBeside, reported, reportedAlike, roots } from "./report.ts";

describe("a defect in a healthy cluster", () => {
  let cluster: Cluster;
  let healthy: Healthy;
  let followed: Following;

  beforeAll(async () => {
    cluster = await startCluster();
    healthy = await makeHealthy(cluster);
    followed = following(cluster);
  });
  afterAll(async () => {
    await followed?.stop();
    await cluster?.stop();
  });
  const found = async () => roots(await reported(cluster));

  it("there is none at first", async () => {
    expect(roots(await reported(cluster), ["error", "warning", "info"])).toEqual([
      "KC206 ClusterIssuer/knative-ca",
    ]);
  });

  it("every handshake holds", async () => {
    const observed = await observe(cluster);
    expect(observed).toEqual(allHold);
    expect(await handshakesBeside(cluster, observed)).toEqual(observed);
  });

  it.for(defects)(
    "$name: $root",
    async ({ root, given = [], breaks = allHold, prepare, introduce }) => {
      await undoing(async (prepared) => {
        await prepare?.({ cluster, ...healthy, undo: prepared });
        expect(await found()).toEqual(given);
        await undoing(async (undo) => {
          await introduce({ cluster, ...healthy, undo });
          expect(await found()).toEqual([...given, root].toSorted());
          await followed.saysTheSame();
          const { live, snapshot, dump } = await reportedAlike(cluster);
          expect(snapshot).toEqual(live);
          expect(dump).toEqual(live);
          const observed = await observe(cluster);
          expect(failing(observed)).toEqual(failing(observable(breaks)));
          expect(await handshakesBeside(cluster, observed)).toEqual(observed);
        });
        expect(await found()).toEqual(given);
      });
      expect(await found()).toEqual([]);
      await followed.saysTheSame();
    },
  );
});

type Step = () => Promise<unknown>;

async function undoing(change: (undo: (step: Step) => void) => Promise<void>): Promise<void> {
  const steps: Step[] = [];
  try {
    await change((step) => steps.unshift(step));
  } finally {
    for (const step of steps) await step();
  }
}

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { of } from "./api.ts";
import { startCluster, type Cluster } from "./cluster.ts";
import { followCa, makeHealthy, rekeyCa, renew, bundle } from "./healthy.ts";
import { removeWithDependents } from "./garbage.ts";
import type { Knative } from "./knative.ts";
import { allHold, observable, observe, type Observed } from "./observe.ts";
import { handshakesBeside } from "./report.ts";

const routing = of("Certificate", "knative-serving", "routing-serving-certs");
const leafOf = (namespace: string) => of("Certificate", namespace, "serving-certs");
const untrusted = expect.stringMatching(/unknown authority|CERTIFICATE_VERIFY_FAILED/);

/** In which order leaves renew after the CA got a new key decides what breaks: recordings 06, 13 and 14, live. */
describe("after the CA got a new key", () => {
  let cluster: Cluster;
  let knative: Knative;

  beforeAll(async () => {
    cluster = await startCluster();
    ({ knative } = await makeHealthy(cluster));
  });
  afterAll(() => cluster?.stop());

  /** What the real components decide, when the program says the same. */
  async function decided(): Promise<Observed> {
    await knative.reconcile();
    const observed = await observe(cluster);
    expect(await handshakesBeside(cluster, observed)).toEqual(observed);
    return observed;
  }

  describe("that a Bundle follows", () => {
    beforeAll(() => followCa(cluster.api));

    it("nothing fails while routing-serving-certs carries the old CA", async () => {
      await rekeyCa(cluster.api);
      expect(await decided()).toEqual(allHold);
    });

    it("every namespace fails when routing-serving-certs renews first", async () => {
      await renew(cluster.api, routing);
      expect(await decided()).toEqual(
        observable({
          activatorToQueueProxy: { bank: untrusted, shop: untrusted },
          gatewayTo: { activator: "ok", bank: untrusted, shop: untrusted },
        }),
      );
    });

    it("a namespace is mended when it renews", async () => {
      await renew(cluster.api, leafOf("shop"));
      expect(await decided()).toEqual(
        observable({
          activatorToQueueProxy: { bank: untrusted, shop: "ok" },
          gatewayTo: { activator: "ok", bank: untrusted, shop: "ok" },
        }),
      );
      await renew(cluster.api, leafOf("bank"));
      expect(await decided()).toEqual(allHold);
    });

    it("nothing fails when the namespaces renew first", async () => {
      await rekeyCa(cluster.api);
      for (const namespace of ["shop", "bank"]) {
        await renew(cluster.api, leafOf(namespace));
        expect(await decided()).toEqual(allHold);
      }
      await renew(cluster.api, routing);
      expect(await decided()).toEqual(allHold);
    });
  });

  describe("without any Bundle", () => {
    beforeAll(async () => {
      await removeWithDependents(cluster.api, await cluster.api.wait(bundle));
    });

    it("a namespace fails that renews first", async () => {
      await renew(cluster.api, of("Certificate", "cert-manager", "knative-ca"));
      expect(await decided()).toEqual(allHold);
      await renew(cluster.api, leafOf("shop"));
      expect(await decided()).toEqual(
        observable({
          activatorToQueueProxy: { bank: "ok", shop: untrusted },
          gatewayTo: { activator: "ok", bank: "ok", shop: untrusted },
        }),
      );
    });

    it("those fail that have not renewed when routing-serving-certs does", async () => {
      await renew(cluster.api, routing);
      expect(await decided()).toEqual(
        observable({
          activatorToQueueProxy: { bank: untrusted, shop: "ok" },
          gatewayTo: { activator: "ok", bank: untrusted, shop: "ok" },
        }),
      );
    });
  });
});

import { describe, expect, it } from "vitest";
import type { Inventory } from "../../src/model/inventory.ts";
import type { JsonObject } from "../../src/model/json.ts";
import { record, text } from "../../src/model/json.ts";
import { makeObject, type KubeObject } from "../../src/model/object.ts";
import { forecast } from "../../src/time/forecast/forecast.ts";
import { play } from "../../src/time/events.ts";
import { inventoryOf, objectIn, withObjects, worldOf } from "../../src/time/world.ts";
import { labelOf } from "../../src/trust/handshake.ts";
import { manyNamespaces } from "../support/many-namespaces.ts";
import { inventory as madeOf } from "../support/objects.ts";
import { leaf as issued } from "../support/pki/issue.ts";
import { recording } from "../support/recordings.ts";
import { root, trustNow, trustObjects } from "../support/trust-world.ts";

const day = 24 * 3_600_000;
const year = 365 * day;

function yearOf(inventory: Inventory, now: Date) {
  return forecast(inventory, now.getTime(), now.getTime() + year);
}

/** The recording with other fields in the spec of its CA's Certificate. */
function withCa(name: string, certificate: string, spec: JsonObject) {
  const { inventory, now } = recording(name);
  const world = worldOf(inventory);
  const ca = objectIn(world, "Certificate", "cert-manager", certificate);
  if (!ca) throw new Error(`no Certificate ${certificate}`);
  return { inventory: inventoryOf(withObjects(world, [changed(ca, spec)])), now };
}

function changed(certificate: KubeObject, spec: JsonObject): KubeObject {
  const raw = { ...certificate.raw, spec: { ...record(certificate.raw, "spec"), ...spec } };
  return makeObject("Certificate", raw, certificate.provenance, certificate.namespace);
}

describe("events that are due together", () => {
  it("come after what they follow from: a Bundle's targets after the key of the CA", () => {
    const { inventory, now } = recording("06a-before-ca-renewal");
    const { events } = yearOf(inventory, now);
    const key = events.findIndex(({ type }) => type === "re-key");
    const sync = events.findIndex(({ type }) => type === "sync");
    expect(events[sync]?.at).toBe(events[key]?.at);
    expect(sync).toBeGreaterThan(key);
  });
});

it("judges the activator's certificate for the namespace that it names, though nothing of that is shared", () => {
  const routing = issued(root, { dns: ["kn-user-shop"], until: "2026-07-01T00:00:00Z" });
  const { broken } = yearOf(madeOf(trustObjects({ routing })), trustNow);
  const toActivator = broken.filter(
    ({ handshake }) => handshake.endpoint.component === "activator",
  );
  expect(toActivator.map(({ at, handshake }) => [at, labelOf(handshake)])).toEqual([
    [
      "2026-07-01T00:00:00Z",
      "kourier-gateway -> activator in namespace knative-serving for kn-user-shop",
    ],
  ]);
});

describe("the documentation page on cert-manager 1.21", () => {
  const { inventory, now } = recording("02-documentation-page");
  const { firstBroken, broken, events } = yearOf(inventory, now);
  const ca = "Certificate/cert-manager/knative-selfsigned-ca";

  it("gets a new CA key on day 60, and again every 60 days", () => {
    const keys = events.filter(({ type }) => type === "re-key");
    expect(keys.every(({ object }) => object === ca)).toBe(true);
    const days = keys.map(({ at }) => Math.floor((Date.parse(at) - now.getTime()) / day));
    expect(days).toEqual([59, 119, 179, 239, 299, 359]);
    expect(keys[0]?.effect).toContain("rotationPolicy is not set");
  });

  it("names the handshakes that break then, in which order, why, and what prevents it", () => {
    expect(firstBroken?.at).toBe("2027-01-22T23:52:51Z");
    expect(broken.map(({ handshake, alike }) => [labelOf(handshake), alike])).toEqual([
      ["activator -> queue-proxy in namespace bank", 2],
      ["kourier-gateway -> activator in namespace knative-serving", 1],
      ["kourier-gateway -> queue-proxy in namespace bank", 2],
    ]);
    const [key, routing, leaf] = firstBroken?.because ?? [];
    expect(key).toContain(`re-key of ${ca}`);
    expect(routing).toContain("renewal of Certificate/knative-serving/routing-serving-certs");
    expect(leaf).toBe(
      "Certificate/bank/serving-certs still presents the certificate that there is",
    );
    expect(firstBroken?.prevent).toContain("rotationPolicy: Never");
    // Nothing but ca.crt is trusted, so one of the two is refused whichever is renewed first (recordings 14a and 14b).
    expect(firstBroken?.orders).toBe("all");
  });

  it("breaks nothing where the key stays, the CA lives long and is renewed early", () => {
    const better = withCa("02-documentation-page", "knative-selfsigned-ca", {
      privateKey: { rotationPolicy: "Never" },
      duration: "87600h",
      renewBefore: "8760h",
    });
    const { moments } = play(worldOf(better.inventory), now.getTime(), [
      { type: "renew", certificate: ca },
      { type: "renew", certificate: "Certificate/knative-serving/routing-serving-certs" },
      { type: "renew", certificate: "Certificate/shop/serving-certs" },
      { type: "renew", certificate: "Certificate/bank/serving-certs" },
    ]);
    const world = moments.at(-1)?.state.world;
    if (!world) throw new Error("nothing was played");
    const { firstBroken: none, events: later } = yearOf(inventoryOf(world), now);
    expect(none).toBeNull();
    expect(later.filter(({ object }) => object === ca)).toEqual([]);
  });

  it("does not mend a ca.crt that holds the short-lived CA by renewing that one for longer", () => {
    const late = withCa("02-documentation-page", "knative-selfsigned-ca", {
      privateKey: { rotationPolicy: "Never" },
      duration: "87600h",
      renewBefore: "8760h",
    });
    const { firstBroken: first } = yearOf(late.inventory, late.now);
    expect([first?.at.slice(0, 10), first?.orders]).toEqual(["2027-02-21", "some"]);
  });

  it("rests on the version of cert-manager, which is assumed where it is not known", () => {
    const world = worldOf(inventory, ({ kind }) => kind !== "Deployment");
    const { assumptions } = yearOf(inventoryOf(world), now);
    expect(assumptions.join("\n")).toContain("the version of cert-manager is not known; 1.18");
  });
});

describe("recordings that are well", () => {
  it.each(["01-healthy", "07-0-before"])("%s holds for the year", (name) => {
    const { inventory, now } = recording(name);
    const { firstBroken, events } = yearOf(inventory, now);
    expect(firstBroken).toBeNull();
    const leaf = events.filter(({ object }) => object === "Certificate/shop/serving-certs");
    expect(leaf).toHaveLength(6);
  });
});

describe("a Bundle that follows the CA", () => {
  it("breaks when routing-serving-certs is renewed before the leaf, in some orders only", () => {
    const { inventory, now } = recording("06a-before-ca-renewal");
    const { firstBroken } = yearOf(inventory, now);
    expect(firstBroken?.at).toBe("2027-01-22T23:56:47Z");
    expect(firstBroken?.orders).toBe("some");
    expect(firstBroken?.because.join("\n")).toMatch(/sync of Bundle\/knative-trust/);
  });

  it("is broken now where that has happened", () => {
    const { inventory, now } = recording("13a-rekeyed-routing-certificate-first");
    const { firstBroken, from } = yearOf(inventory, now);
    expect([firstBroken?.at, firstBroken?.orders, firstBroken?.alike]).toEqual([from, "all", 2]);
  });
});

describe("expiry", () => {
  it("of a leaf that nobody renews is foreseen to the second", () => {
    const { inventory, now } = recording("01-healthy");
    const world = worldOf(inventory, ({ kind }) => kind !== "ClusterIssuer");
    const { broken, assumptions } = yearOf(inventoryOf(world), now);
    const ends = new Map(broken.map(({ handshake, at }) => [labelOf(handshake), at]));
    const secret = objectIn(world, "Certificate", "shop", "serving-certs");
    expect(ends.get("activator -> queue-proxy in namespace bank")?.slice(0, 16)).toBe(
      text(secret?.raw, "status", "notAfter")?.slice(0, 16),
    );
    expect(assumptions.join("\n")).toContain("cannot be renewed: ClusterIssuer");
  });

  it("of a CA that ends before its leaves breaks them, whatever its key", () => {
    const short = withCa("02-documentation-page", "knative-selfsigned-ca", {
      privateKey: { rotationPolicy: "Never" },
      renewal: { policy: "Disabled" },
    });
    const { firstBroken } = yearOf(short.inventory, short.now);
    expect(firstBroken?.at.slice(0, 10)).toBe("2027-02-21");
  });
});

describe("many namespaces", () => {
  const { inventory, now } = recording("06a-before-ca-renewal");

  it("of one age are one kind", () => {
    const many = manyNamespaces(inventory, { namespaces: 40, over: 0 });
    const { firstBroken, broken } = yearOf(many, now);
    expect([firstBroken?.at, firstBroken?.alike, broken.length]).toEqual([
      "2027-01-22T23:56:47Z",
      40,
      3,
    ]);
  });

  it("of all ages break when routing-serving-certs is renewed, those that were not renewed just before", () => {
    const many = manyNamespaces(inventory, { namespaces: 40, over: 50 * day });
    const { firstBroken, events } = yearOf(many, now);
    expect(firstBroken?.at).toBe("2027-01-22T23:56:47Z");
    expect(
      new Set(events.filter(({ object }) => object.includes("/ns-")).map(({ at }) => at)).size,
    ).toBeGreaterThan(200);
  });
});

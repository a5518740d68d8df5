import { describe, expect, it } from "vitest";
import type { Kind } from "../../src/model/kinds.ts";
import type { KubeObject } from "../../src/model/object.ts";
import type { Given } from "../../src/time/events.ts";
import { played } from "../../src/time/forecast/played.ts";
import { observedIn, verdictsOf } from "../support/observed.ts";
import { recorded } from "../support/nine-steps.ts";
import { recording } from "../support/recordings.ts";

const renew = (name: string): Given => ({ type: "renew", certificate: `Certificate/${name}` });
const sync = (name: string): Given => ({ type: "sync", bundle: `Bundle/${name}` });

const ca = renew("cert-manager/knative-ca");
const shop = renew("shop/serving-certs");
const bank = renew("bank/serving-certs");
const routing = renew("knative-serving/routing-serving-certs");
const everything = ["06a-before-ca-renewal", "07-0-before", "14a-no-bundle-shop-renewed-first"];

function outcome(start: string, events: readonly Given[]) {
  const { inventory, now } = recording(start);
  return played(inventory, now.getTime(), events);
}

function verdicts(start: string, events: readonly Given[]) {
  return verdictsOf(outcome(start, events).states.at(-1)?.handshakes ?? []);
}

function applies(name: string, ...manifests: readonly KubeObject[]): Given {
  return { type: "apply", name, manifests };
}

describe("a list of events, against what real components decided", () => {
  it.each(everything)("begins with what was observed in %s", (name) => {
    expect(verdicts(name, [])).toEqual(observedIn(name));
  });

  it.each<readonly [string, readonly Given[]]>([
    ["06b-after-ca-renewal", [ca]],
    ["06c-one-leaf-renewed", [ca, shop]],
    ["06d-all-leaves-renewed", [ca, shop, bank, routing]],
    ["13a-rekeyed-routing-certificate-first", [ca, routing]],
    ["13b-then-shop", [ca, routing, shop]],
  ])("06a comes to %s", (name, events) => {
    expect(verdicts("06a-before-ca-renewal", events)).toEqual(observedIn(name));
  });

  it("comes to the same where the list says when the Bundle is synced", () => {
    expect(verdicts("06a-before-ca-renewal", [ca, sync("knative-trust"), routing])).toEqual(
      observedIn("13a-rekeyed-routing-certificate-first"),
    );
  });

  it("lets a Bundle wait for the place that the list gives it", () => {
    const late = [ca, shop, sync("knative-trust")];
    const { states } = outcome("06a-before-ca-renewal", late);
    expect(states.map(({ handshakes }) => verdictsOf(handshakes)["activator -> shop"])).toEqual([
      "holds",
      "holds",
      "fails",
      "holds",
    ]);
  });

  /** Without the Bundle and its targets, 06a is what series 14 began with. */
  const noBundle = recordingWithoutBundle();
  it.each<readonly [string, readonly Given[]]>([
    ["14a-no-bundle-shop-renewed-first", [ca, shop]],
    ["14b-then-routing", [ca, shop, routing]],
  ])("without a bundle it comes to %s", (name, events) => {
    const { states } = played(noBundle.inventory, noBundle.now, events);
    expect(verdictsOf(states.at(-1)?.handshakes ?? [])).toEqual(observedIn(name));
  });

  it("goes on from 14a to 14b", () => {
    expect(verdicts("14a-no-bundle-shop-renewed-first", [routing])).toEqual(
      observedIn("14b-then-routing"),
    );
  });
});

const certificate = () =>
  recorded("07-1-new-ca-created", "Certificate", "cert-manager", "knative-ca-2");
const issuer = () => recorded("07-1-new-ca-created", "ClusterIssuer", "", "knative-ca-2");
const secret = () => recorded("07-1-new-ca-created", "Secret", "cert-manager", "knative-ca-2");
const config = () =>
  recorded("07-3-references-switched", "ConfigMap", "knative-serving", "config-certmanager");
const bundle = (name: string) => recorded(name, "Bundle", "", "knative-trust");

describe("the steps of people", () => {
  const steps = [
    "07-1-new-ca-created",
    "07-2-both-trusted",
    "07-3-references-switched",
    "07-4-old-ca-removed",
  ];

  it.each([
    ["with the Secret of the new CA", () => [certificate(), issuer(), secret()]],
    ["with its Certificate alone", () => [certificate(), issuer()]],
  ])("rotate the CA as in 07, %s", (_what, brings) => {
    const { states, firstBroken, events } = outcome("07-0-before", [
      { type: "at", time: Date.parse("2026-11-23T23:58:19Z") },
      applies("new-ca", ...brings()),
      applies("trust", bundle("07-2-both-trusted")),
      applies("switch", config()),
      applies("remove", bundle("07-4-old-ca-removed")),
    ]);
    expect(firstBroken).toBeNull();
    for (const [i, name] of steps.entries())
      expect(verdictsOf(states[i + 2]?.handshakes ?? [])).toEqual(observedIn(name));
    const issued = events.filter(({ effect }) => effect.startsWith("IncorrectIssuer"));
    expect(issued.map(({ object }) => object)).toContain("Certificate/shop/serving-certs");
  });

  it("switch before trust, as in 08", () => {
    const { states } = outcome("07-0-before", [
      applies("new-ca", certificate(), issuer()),
      applies("switch", config()),
    ]);
    expect(verdictsOf(states.at(-1)?.handshakes ?? [])).toEqual(
      observedIn("08-switched-before-trust"),
    );
  });

  it("show the window in which 08 fails, where the list lets a certificate wait", () => {
    const { states, firstBroken } = outcome("07-0-before", [
      applies("new-ca", certificate(), issuer()),
      applies("switch", config()),
      shop,
      routing,
      bank,
    ]);
    const toShop = states.map(({ handshakes }) => verdictsOf(handshakes)["activator -> shop"]);
    expect(toShop).toEqual(["holds", "holds", "holds", "fails", "holds", "holds"]);
    expect(firstBroken?.handshake.endpoint).toEqual({
      component: "queue-proxy",
      namespace: "shop",
    });
    expect(firstBroken?.because.join("\n")).toContain("renewal of Certificate/shop/serving-certs");
  });
});

describe("what components hold", () => {
  it("waits for a reload that the list names", () => {
    const events: readonly Given[] = [
      ca,
      routing,
      shop,
      { type: "reload", component: "queue-proxy" },
    ];
    const { states } = outcome("06a-before-ca-renewal", events);
    expect(states.map(({ handshakes }) => verdictsOf(handshakes)["activator -> shop"])).toEqual([
      "holds",
      "holds",
      "fails",
      "fails",
      "holds",
    ]);
  });

  it("is an older ca.crt in the gateway until it reads again", () => {
    const events: readonly Given[] = [
      ca,
      shop,
      routing,
      { type: "reload", component: "kourier-gateway" },
    ];
    const { inventory, now } = recordingWithoutBundle();
    const { states } = played(inventory, now, events);
    expect(
      states.map(({ handshakes }) => {
        const of = verdictsOf(handshakes);
        return [of["activator -> shop"], of["kourier-gateway -> shop"]];
      }),
    ).toEqual([
      ["holds", "holds"],
      ["holds", "holds"],
      ["fails", "fails"],
      ["holds", "fails"],
      ["holds", "holds"],
    ]);
  });
});

describe("events that lead nowhere", () => {
  it("are told as failed", () => {
    const { events } = outcome("06a-before-ca-renewal", [renew("shop/nothing"), sync("nothing")]);
    expect(events.map(({ type }) => type)).toEqual(["failed renewal", "failed sync"]);
  });
});

function isGone({ kind, labels }: KubeObject): boolean {
  return kind === "Bundle" || labels.has("trust.cert-manager.io/bundle");
}

function recordingWithoutBundle() {
  const { inventory, now } = recording("06a-before-ca-renewal");
  const kept = {
    ...inventory,
    all: (kind: Kind) => inventory.all(kind).filter((object) => !isGone(object)),
    find: (kind: Kind, namespace: string, name: string) => {
      const found = inventory.find(kind, namespace, name);
      return found && isGone(found) ? undefined : found;
    },
  };
  return { inventory: kept, now: now.getTime() };
}

import { describe, expect, it } from "vitest";
import { strings, type JsonObject } from "../../src/model/json.ts";
import { pending, perform } from "../../src/time/actions.ts";
import { freshState } from "../../src/time/state.ts";
import { sync } from "../../src/time/trust-manager/sync.ts";
import { objectIn, withObjects, worldOf, type World } from "../../src/time/world.ts";
import { inventory, object } from "../support/objects.ts";
import { ca, leaf } from "../support/pki/issue.ts";

const lasting = ca({ subject: "lasting" });
const ending = ca({ subject: "ending", until: "2026-06-01T00:00:00Z" });
const before = Date.parse("2026-05-01T00:00:00Z");
const after = Date.parse("2026-07-01T00:00:00Z");

interface Setup {
  readonly args?: readonly string[];
  readonly release?: string;
  readonly sources?: readonly JsonObject[];
  readonly configMap?: JsonObject;
}

const inLine = [{ inLine: ending.pem }, { inLine: lasting.pem }];

function worldWith({ args = [], release, sources = inLine, configMap = {} }: Setup): World {
  const labels = {
    "app.kubernetes.io/name": "trust-manager",
    ...(release !== undefined && { "app.kubernetes.io/version": `v${release}` }),
  };
  const spec = { template: { spec: { containers: [{ args }] } } };
  const target = { configMap: { key: "cas.pem" } };
  return worldOf(
    inventory([
      object("Namespace", "knative-serving"),
      object("Namespace", "shop"),
      object("Deployment", "trust-manager", { metadata: { labels }, spec }, "cert-manager"),
      object("ConfigMap", "cas", configMap, "cert-manager"),
      object("Bundle", "knative-cas", { spec: { sources, target } }),
    ]),
  );
}

/** The subjects of the target's certificates in namespace shop; or why there is none. */
function written(world: World, now: number): readonly string[] | string {
  const bundle = objectIn(world, "Bundle", "", "knative-cas");
  if (!bundle) throw new Error("there is one");
  const synced = sync(world, bundle, now);
  if ("failed" in synced) return synced.failed;
  const configMap = objectIn(synced.world, "ConfigMap", "shop", "knative-cas");
  const pem = strings(configMap?.raw, "data").get("cas.pem") ?? "";
  return Object.entries({ lasting, ending }).flatMap(([name, one]) =>
    pem.includes(one.pem.trim()) ? [name] : [],
  );
}

describe("--filter-expired-certificates", () => {
  const args = ["--filter-expired-certificates=true"];

  it("leaves out at a sync what has run out by then", () => {
    expect(written(worldWith({ args }), before)).toEqual(["lasting", "ending"]);
    expect(written(worldWith({ args }), after)).toEqual(["lasting"]);
    expect(written(worldWith({}), after)).toEqual(["lasting", "ending"]);
  });

  it("keeps the old targets where nothing is left", () => {
    const world = worldWith({ args, sources: [{ inLine: ending.pem }] });
    expect(written(world, after)).toBe("couldn't find any valid certificates in bundle");
  });

  it("is synced once, and anew after something has run out", () => {
    const state = freshState(worldWith({ args }));
    const [action] = pending(state, before);
    if (!action) throw new Error("there is one");
    const done = perform(state, action, before).state;
    expect(pending(done, before)).toEqual([]);
    const [again] = pending(done, after);
    expect(again).toEqual(action);
    expect(pending(perform(done, action, after).state, after)).toEqual([]);
  });
});

describe("a target where the Bundle reaches no longer", () => {
  const labels = { "trust.cert-manager.io/bundle": "knative-cas", theirs: "1" };

  function left(data: JsonObject) {
    const stray = object("ConfigMap", "knative-cas", { metadata: { labels }, data }, "shop");
    const args = ["--target-namespaces=knative-serving"];
    const world = withObjects(worldWith({ args }), [stray]);
    const bundle = objectIn(world, "Bundle", "", "knative-cas");
    const synced = bundle && sync(world, bundle, before);
    if (!synced || "failed" in synced) throw new Error("it is synced");
    return objectIn(synced.world, "ConfigMap", "shop", "knative-cas");
  }

  it("goes", () => {
    expect(left({ "cas.pem": ending.pem })).toBeUndefined();
  });

  it("keeps what others have put there", () => {
    const kept = left({ "cas.pem": ending.pem, theirs: "x" });
    expect([...strings(kept?.raw, "data").keys()]).toEqual(["theirs"]);
    expect([...(kept?.labels.keys() ?? [])]).toEqual(["theirs"]);
  });
});

it("leaves out what is no CA with --filter-non-ca-certs", () => {
  const sources = [{ inLine: leaf(lasting).pem }, { inLine: lasting.pem }];
  const world = worldWith({ sources, args: ["--filter-non-ca-certs"] });
  expect(written(world, before)).toEqual(["lasting"]);
});

it("writes only into the namespaces of --target-namespaces", () => {
  expect(written(worldWith({ args: ["--target-namespaces=knative-serving"] }), before)).toEqual([]);
});

describe("binaryData of a source", () => {
  const configMap = { binaryData: { "ca.pem": Buffer.from(lasting.pem).toString("base64") } };
  const named = [{ configMap: { name: "cas", key: "ca.pem" } }];
  const whole = [{ configMap: { name: "cas", includeAllKeys: true } }];
  const plain = { data: { "ca.pem": ending.pem } };

  it.each<readonly [what: string, setup: Setup, expected: readonly string[] | string]>([
    ["by its key", { sources: named }, ["lasting"]],
    ["with all keys", { sources: whole }, ["lasting"]],
    ["behind data", { sources: named, configMap: { ...configMap, ...plain } }, ["ending"]],
    [
      "before 0.24",
      { sources: named, release: "0.23.0" },
      'no data found in ConfigMap/cert-manager/cas at key "ca.pem"',
    ],
    [
      "with all keys before 0.24",
      { sources: whole, release: "0.23.0" },
      "couldn't find any valid certificates in bundle",
    ],
  ])("%s", (_what, setup, expected) => {
    expect(written(worldWith({ configMap, ...setup }), before)).toEqual(expected);
  });
});

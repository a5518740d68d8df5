import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { factsOf } from "../../src/engine/facts.ts";
import { changed } from "../../src/load/overlay/overlay.ts";
import type { Inventory } from "../../src/model/inventory.ts";
import { list, record, text, type Json, type JsonObject } from "../../src/model/json.ts";
import type { ObjectRef } from "../../src/model/object.ts";
import { verify } from "../../src/time/rotation/verify.ts";
import { withTargets } from "../../src/time/trust-manager/follow.ts";
import { handshakes } from "../../src/trust/facts.ts";
import { inventoryOf } from "../support/world.ts";
import { recording } from "../support/recordings.ts";

/** Old and new CA in the bundle, all certificates of the old one, and no `ca.crt`: trust rests on the Bundle alone. */
const name = "07-2-both-trusted";
const { now } = recording(name);
const raw = JSON.parse(
  gunzipSync(readFileSync(`test/fixtures/recordings/${name}/objects.json.gz`)).toString(),
) as JsonObject;
const items = list(raw, "items").map((item): Json => {
  if (record(item)["kind"] !== "Secret") return item;
  const { "ca.crt": _ca, ...data } = record(item, "data");
  return { ...record(item), data };
});
const bundleItem = record(items.find((item) => record(item)["kind"] === "Bundle"));
const spec = record(bundleItem, "spec");
const [oldCa = {}, newCa = {}] = list(spec, "sources");
const bundleName = text(bundleItem, "metadata", "name") ?? "";

function worldOfItems(more: readonly Json[] = []): Inventory {
  const json = JSON.stringify({ apiVersion: "v1", kind: "List", items: [...items, ...more] });
  return inventoryOf({ "live.json": json }, { complete: true });
}

function after(
  before: Inventory,
  manifests: readonly JsonObject[],
  removed: readonly ObjectRef[] = [],
): Inventory {
  const json = JSON.stringify({ apiVersion: "v1", kind: "List", items: manifests });
  const read = inventoryOf({ "new.json": json });
  const change = {
    manifests: (["Bundle", "ConfigMap", "Namespace"] as const).flatMap((kind) => read.all(kind)),
    problems: [],
    files: [],
    namespace: "default",
    removed,
  };
  return withTargets(before, changed(before, change), now.getTime());
}

function bundleWith(changes: JsonObject): JsonObject {
  const metadata = { name: bundleName };
  return { ...bundleItem, metadata, spec: { ...spec, ...changes } };
}

/** What the activator says of queue-proxy in namespace shop. */
function verdict(world: Inventory): string {
  const row = factsOf(world)(handshakes)(now).find(
    ({ dialer, endpoint }) => dialer.component === "activator" && endpoint.namespace === "shop",
  );
  return `${row?.verdict ?? "no row"} ${row?.reason?.code ?? ""}`.trim();
}

const target = record(spec, "target");
const pinned = {
  apiVersion: "v1",
  kind: "ConfigMap",
  metadata: { name: "pinned", namespace: "cert-manager", uid: "p" },
  data: { "ca.pem": text(oldCa, "inLine") ?? "" },
};

describe("a change of a Bundle, and what trust-manager makes of it", () => {
  const live = worldOfItems();

  it.each<readonly [what: string, changes: JsonObject, said: string]>([
    ["nothing changes", {}, "holds"],
    ["the CA in use leaves it", { sources: [newCa] }, "fails unknown-authority"],
    ["the other one leaves it", { sources: [oldCa] }, "holds"],
    [
      "its target loses the label",
      { target: { ...target, configMap: { key: "ca-bundle.crt", metadata: null } } },
      "fails no-trust",
    ],
    [
      "it no longer reaches Serving",
      { target: { ...target, namespaceSelector: { matchLabels: { team: "shop" } } } },
      "fails no-trust",
    ],
    [
      "another key takes the place of the old one",
      {
        sources: [newCa],
        target: { ...target, configMap: { ...record(target, "configMap"), key: "other.pem" } },
      },
      "fails unknown-authority",
    ],
    [
      "a source is missing, so that the targets keep what they have",
      { sources: [{ configMap: { name: "nowhere", key: "ca.pem" } }] },
      "holds",
    ],
    [
      "it adds the public CAs, which nobody knows here",
      { sources: [newCa, { useDefaultCAs: true }] },
      "unknown unknown-authority",
    ],
  ])("%s", (_what, changes, said) => {
    expect(verdict(live)).toBe("holds");
    expect(verdict(after(live, [bundleWith(changes)]))).toBe(said);
  });

  it("follows a change of what it reads", () => {
    const sources = [{ configMap: { name: "pinned", key: "ca.pem" } }];
    const reading = after(worldOfItems([pinned]), [bundleWith({ sources })]);
    expect(verdict(reading)).toBe("holds");
    const data = { "ca.pem": text(newCa, "inLine") ?? "" };
    expect(verdict(after(reading, [{ ...pinned, data }]))).toBe("fails unknown-authority");
  });

  it("is told without the Namespaces too", () => {
    const dump = items.filter((item) => record(item)["kind"] !== "Namespace");
    const json = JSON.stringify({ apiVersion: "v1", kind: "List", items: dump });
    const before = inventoryOf({ "dump.json": json }, { complete: true });
    expect(verdict(after(before, [bundleWith({ sources: [newCa] })]))).toBe(
      "fails unknown-authority",
    );
    expect(verdict(after(before, [bundleWith({ sources: [oldCa] })]))).toBe("holds");
  });

  function proved(changes: JsonObject): string {
    const manifests = inventoryOf({ "b.json": JSON.stringify(bundleWith(changes)) }).all("Bundle");
    const steps = [{ name: "1", waits: [], manifests }];
    return verify(live, now.getTime(), steps, { within: 60_000 }).verdict;
  }

  it("is part of the proof of a plan", () => {
    expect(proved({})).toBe("safe");
    const namespaceSelector = { matchLabels: { team: "shop" } };
    expect(proved({ target: { ...target, namespaceSelector } })).toBe("unsafe");
  });

  it("leaves a Bundle alone that was behind before: nothing syncs it", () => {
    const drifted = changed(live, {
      manifests: inventoryOf({
        "a.json": JSON.stringify(bundleWith({ sources: [oldCa] })),
      }).all("Bundle"),
      problems: [],
      files: [],
      namespace: "default",
      removed: [],
    });
    expect(verdict(after(drifted, [bundleWith({ sources: [newCa] })]))).toBe("holds");
  });

  it("gives a new namespace its target, and changes nothing else", () => {
    const namespace = { apiVersion: "v1", kind: "Namespace", metadata: { name: "fresh" } };
    const world = after(live, [namespace]);
    expect(world.find("ConfigMap", "fresh", bundleName)).toBeDefined();
    expect(world.all("ConfigMap")).toHaveLength(live.all("ConfigMap").length + 1);
    expect(after(live, [])).toMatchObject({ files: live.files });
  });
});

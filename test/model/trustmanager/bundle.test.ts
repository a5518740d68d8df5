import { describe, expect, it } from "vitest";
import { factsOf } from "../../../src/engine/facts.ts";
import type { JsonObject } from "../../../src/model/json.ts";
import {
  bundleSources,
  bundleTarget,
  reaches,
  reads,
} from "../../../src/model/trustmanager/bundle.ts";
import { trustManager } from "../../../src/model/trustmanager/trust-manager.ts";
import { inventory, object } from "../../support/objects.ts";

const bundle = (spec: JsonObject) => object("Bundle", "cas", { spec });
const manager = (...args: readonly string[]) =>
  object(
    "Deployment",
    "trust-manager",
    {
      metadata: { labels: { "app.kubernetes.io/name": "trust-manager" } },
      spec: { template: { spec: { containers: [{ args }] } } },
    },
    "pki",
  );

const of = (...objects: Parameters<typeof inventory>[0]) =>
  factsOf(inventory(objects))(trustManager);

describe("the sources of a Bundle (trust-manager types_bundle.go)", () => {
  it.each<readonly [string, JsonObject, object]>([
    [
      "a ConfigMap",
      { configMap: { name: "a", key: "k" } },
      { type: "configMap", name: "a", key: "k" },
    ],
    [
      "every key of a Secret",
      { secret: { name: "a", includeAllKeys: true } },
      { type: "secret", name: "a", key: undefined },
    ],
    ["text", { inLine: "x" }, { type: "inLine", inLine: "x" }],
    ["the default CAs", { useDefaultCAs: true }, { type: "defaultCAs" }],
  ])("%s", (_what, source, expected) => {
    expect(bundleSources(bundle({ sources: [source] }))).toMatchObject([expected]);
  });

  it("counts false for the default CAs as no source", () => {
    expect(bundleSources(bundle({ sources: [{ useDefaultCAs: false }] }))).toEqual([]);
  });

  it("selects by label, and only what is of its kind", () => {
    const [source] = bundleSources(
      bundle({ sources: [{ secret: { selector: { matchLabels: { a: "b" } }, key: "k" } }] }),
    );
    if (!source) throw new Error("there is one");
    const labels = { metadata: { labels: { a: "b" } } };
    expect(reads(source, object("Secret", "x", labels))).toBe(true);
    expect(reads(source, object("Secret", "x"))).toBe(false);
    expect(reads(source, object("ConfigMap", "x", labels))).toBe(false);
  });
});

describe("the namespaces that a Bundle reaches (trust-manager pkg/bundle/bundle.go)", () => {
  const shop = object("Namespace", "shop", { metadata: { labels: { team: "shop" } } });
  const at = (target: JsonObject, namespace: string, args: readonly string[] = []) => {
    const world = inventory([shop, manager(...args)]);
    const found = bundleTarget(bundle({ target: { configMap: { key: "k" }, ...target } }));
    if (!found) throw new Error("there is one");
    return reaches(found, namespace, world.all("Namespace"), factsOf(world)(trustManager));
  };
  const team = { namespaceSelector: { matchLabels: { team: "shop" } } };
  const byName = { namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "bank" } } };
  it.each([
    ["all without a selector", at({}, "shop"), true],
    ["all with an empty selector", at({ namespaceSelector: {} }, "bank"), true],
    ["what the labels say", at(team, "shop"), true],
    ["nothing known of a namespace that is not there", at(team, "bank"), undefined],
    ["by name, without the object", at(byName, "bank"), true],
    ["not by another name", at(byName, "shop"), false],
    [
      "not what --target-namespaces leaves out",
      at({}, "shop", ["--target-namespaces=bank,x"]),
      false,
    ],
    ["what --target-namespaces lists", at({}, "shop", ["--target-namespaces=bank, shop"]), true],
    [
      "none where the selector does not compile",
      at({ namespaceSelector: { matchLabels: { "a b": "" } } }, "shop"),
      false,
    ],
  ])("%s", (_what, answer, expected) => {
    expect(answer).toBe(expected);
  });

  it("is none for a Bundle that writes Secrets only", () => {
    expect(bundleTarget(bundle({ target: { secret: { key: "k" } } }))).toBeUndefined();
  });
});

describe("the namespace in which trust-manager reads", () => {
  it.each([
    ["is guessed without its Deployment", of(), "cert-manager", false],
    ["is its flag", of(manager("--trust-namespace=cas")), "cas", true],
    ["is its flag in two words", of(manager("--trust-namespace", "cas")), "cas", true],
    [
      "is its own where the flag says so",
      of(manager("--trust-namespace=$(POD_NAMESPACE)")),
      "pki",
      true,
    ],
    ["is cert-manager without the flag, wherever it runs", of(manager()), "cert-manager", true],
  ])("%s", (_what, { namespace, sure }, expected, certain) => {
    expect({ namespace, sure }).toEqual({ namespace: expected, sure: certain });
  });
});

import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../src/model/json.ts";
import { analyzed } from "../support/analyze.ts";
import { inventory, object } from "../support/objects.ts";
import { ca, leaf } from "../support/pki/issue.ts";
import { root, toQueueProxy, trustNow, trustObjects } from "../support/trust-world.ts";

const expired = ca({ subject: "knative-ca", until: "2026-05-01T00:00:00Z", key: "old" });

function manager(args: readonly string[], release: string | undefined) {
  const labels = {
    "app.kubernetes.io/name": "trust-manager",
    ...(release !== undefined && { "app.kubernetes.io/version": `v${release}` }),
  };
  const spec = { template: { spec: { containers: [{ args }] } } };
  return object("Deployment", "trust-manager", { metadata: { labels }, spec }, "cert-manager");
}

function bundle(sources: readonly JsonObject[]) {
  const labels = { "networking.knative.dev/trust-bundle": "true" };
  const target = { configMap: { key: "cas.pem", metadata: { labels } } };
  return object("Bundle", "cas", { spec: { sources, target } });
}

interface Setup {
  readonly args?: readonly string[];
  readonly release?: string | undefined;
  readonly sources: readonly JsonObject[];
  /** The fields of ConfigMap cas in the trust namespace. */
  readonly configMap?: JsonObject;
}

function world({ args = [], sources, configMap = {}, ...setup }: Setup, presented = leaf(root)) {
  const release = "release" in setup ? setup.release : "0.25.0";
  const more = [
    manager(args, release),
    bundle(sources),
    object("ConfigMap", "cas", configMap, "cert-manager"),
  ];
  return { bundles: [], presented: [presented], more };
}

function verdict(setup: Setup, presented = leaf(root)): string {
  const row = toQueueProxy(world(setup, presented)).get("activator");
  return `${row?.verdict ?? "no row"} ${row?.reason?.code ?? ""}`.trim();
}

function found(setup: Setup, select: string): readonly string[] {
  const { findings } = analyzed([inventory(trustObjects(world(setup)))], {
    now: trustNow,
    select: [select],
  });
  return findings.map(({ messageId }) => messageId);
}

function base64(text: string): string {
  return Buffer.from(text).toString("base64");
}

describe("--filter-expired-certificates", () => {
  const both = [{ inLine: expired.pem }, { inLine: root.pem }];
  const filter = ["--filter-expired-certificates"];

  it("keeps what has expired out of the bundle", () => {
    expect(found({ sources: both }, "KC508")).toEqual(["expired"]);
    expect(found({ sources: both, args: filter }, "KC508")).toEqual([]);
    expect(verdict({ sources: both, args: filter })).toBe("holds");
  });

  it.each([
    ["--filter-expired-certificates=true", []],
    ["--filter-expired-certificates=false", ["expired"]],
    ["--filter-expired-certificates=yes", ["expired"]],
  ])("is what %s says", (arg, said) => {
    expect(found({ sources: both, args: [arg] }, "KC508")).toEqual(said);
  });

  it("leaves nothing where everything has expired", () => {
    const sources = [{ inLine: expired.pem }];
    expect(found({ sources, args: filter }, "KC508")).toEqual(["none"]);
    expect(verdict({ sources, args: filter })).toBe("fails no-trust");
  });

  it("lets Envoy find the CA behind an expired one of its name", () => {
    const old = ca({ subject: "same", subjectKeyId: null, until: "2026-05-01T00:00:00Z" });
    const right = ca({ subject: "same", subjectKeyId: null, key: "new" });
    const toGateway = (args: readonly string[]) =>
      toQueueProxy(world({ args, sources: [{ inLine: old.pem + right.pem }] }, leaf(right))).get(
        "kourier-gateway",
      )?.verdict;
    expect(toGateway([])).toBe("fails");
    expect(toGateway(filter)).toBe("holds");
  });
});

it("leaves out what is no CA with --filter-non-ca-certs", () => {
  const pinned = leaf(root);
  const sources = [{ inLine: pinned.pem }];
  expect(verdict({ sources }, pinned)).toBe("holds");
  expect(verdict({ sources, args: ["--filter-non-ca-certs=true"] }, pinned)).toBe("fails no-trust");
});

describe("binaryData of a source", () => {
  const binary = { binaryData: { "ca.pem": base64(root.pem) } };
  const named = [{ configMap: { name: "cas", key: "ca.pem" } }];
  const whole = [{ configMap: { name: "cas", includeAllKeys: true } }];

  it.each<readonly [what: string, setup: Setup, said: string, found: readonly string[]]>([
    ["by its key", { sources: named }, "holds", []],
    ["with all keys", { sources: whole }, "holds", []],
    [
      "behind data",
      { sources: named, configMap: { ...binary, data: { "ca.pem": expired.pem } } },
      "fails unknown-authority",
      [],
    ],
    ["before 0.24", { sources: named, release: "0.23.0" }, "fails no-trust", ["keyMissing"]],
    ["with all keys before 0.24", { sources: whole, release: "0.23.0" }, "fails no-trust", []],
    ["of a release that nobody knows", { sources: named, release: undefined }, "unknown", []],
  ])("%s", (_what, setup, said, faults) => {
    const all = { configMap: binary, ...setup };
    expect(verdict(all).replace(/^unknown .*/, "unknown")).toBe(said);
    expect(found(all, "KC514")).toEqual(faults);
  });
});

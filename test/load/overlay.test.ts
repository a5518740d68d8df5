import { describe, expect, it } from "vitest";
import { applyAll } from "../../src/load/overlay/apply.ts";
import { applied } from "../../src/load/overlay/merge.ts";
import { removeAll } from "../../src/load/overlay/remove.ts";
import type { JsonObject } from "../../src/model/json.ts";
import { kindNamed } from "../../src/model/kind-name.ts";
import { nameOf } from "../../src/model/object.ts";
import { object } from "../support/objects.ts";

const issuer = { apiVersion: "cert-manager.io/v1", kind: "Issuer" };
const deployment = { apiVersion: "apps/v1", kind: "Deployment" };
const service = { apiVersion: "v1", kind: "Service" };

/** Two containers, with what others have set in them. */
const containers = (...list: readonly JsonObject[]): JsonObject => ({
  ...deployment,
  spec: { containers: list },
});

describe("what kubectl apply leaves", () => {
  it.each<[string, JsonObject, JsonObject, JsonObject, JsonObject]>([
    [
      "sets, keeps what others set, and drops what the file dropped",
      { ...issuer, spec: { ca: { secretName: "a" }, theirs: 1, old: 2 }, status: { x: 1 } },
      { ...issuer, spec: { ca: { secretName: "a" }, old: 2 } },
      { ...issuer, spec: { ca: { secretName: "b" } } },
      { ...issuer, spec: { ca: { secretName: "b" }, theirs: 1 }, status: { x: 1 } },
    ],
    [
      "drops nothing where nothing was applied before",
      { ...issuer, spec: { old: 2 } },
      {},
      { ...issuer, spec: { neu: 1 } },
      { ...issuer, spec: { old: 2, neu: 1 } },
    ],
    [
      "drops what the file says is null",
      { ...issuer, spec: { a: 1, b: 2 } },
      {},
      { ...issuer, spec: { a: null } },
      { ...issuer, spec: { b: 2 } },
    ],
    [
      "replaces lists of custom resources",
      { ...issuer, spec: { ports: [{ port: 1 }, { port: 2 }] } },
      {},
      { ...issuer, spec: { ports: [{ port: 3 }] } },
      { ...issuer, spec: { ports: [{ port: 3 }] } },
    ],
    [
      "merges containers by name, and their variables",
      containers(
        {
          name: "a",
          image: "1",
          env: [
            { name: "X", value: "1" },
            { name: "THEIRS", value: "t" },
          ],
        },
        { name: "sidecar" },
      ),
      containers({ name: "a", env: [{ name: "X", value: "1" }] }),
      containers({ name: "a", env: [{ name: "Y", value: "2" }] }),
      containers(
        {
          name: "a",
          image: "1",
          env: [
            { name: "Y", value: "2" },
            { name: "THEIRS", value: "t" },
          ],
        },
        { name: "sidecar" },
      ),
    ],
    [
      "drops a container that the file dropped",
      containers({ name: "a" }, { name: "b" }),
      containers({ name: "a" }, { name: "b" }),
      containers({ name: "a" }),
      containers({ name: "a" }),
    ],
    [
      "merges the ports of a Service by their number",
      { ...service, spec: { ports: [{ port: 80, nodePort: 30000 }, { port: 81 }] } },
      { ...service, spec: { ports: [{ port: 80 }, { port: 81 }] } },
      { ...service, spec: { ports: [{ port: 80, name: "http" }] } },
      { ...service, spec: { ports: [{ port: 80, nodePort: 30000, name: "http" }] } },
    ],
    [
      "replaces a value of another shape",
      { ...issuer, spec: { a: [1] } },
      {},
      { ...issuer, spec: { a: { b: 1 } } },
      { ...issuer, spec: { a: { b: 1 } } },
    ],
  ])("%s", (_name, live, last, manifest, expected) => {
    expect(applied(live, last, manifest)).toEqual(expected);
  });
});

const note = "kubectl.kubernetes.io/last-applied-configuration";

describe("manifests over objects", () => {
  const last = { apiVersion: "v1", kind: "ConfigMap", data: { a: "1", gone: "x" } };
  const live = object(
    "ConfigMap",
    "config",
    {
      metadata: { uid: "u", annotations: { [note]: JSON.stringify(last) } },
      data: { a: "1", gone: "x", theirs: "t" },
    },
    "shop",
  );

  it("keep what only the cluster knows, and come from the file", () => {
    const manifest = object(
      "ConfigMap",
      "config",
      { metadata: { namespace: "shop" }, data: { a: "2" } },
      "shop",
    );
    const [merged, ...rest] = applyAll([live], [manifest], "default");
    expect(rest).toEqual([]);
    expect(merged).toMatchObject({ uid: "u", namespace: "shop", provenance: manifest.provenance });
    expect(merged?.raw["data"]).toEqual({ a: "2", theirs: "t" });
  });

  it("go where kubectl would put them", () => {
    const manifest = object("ConfigMap", "config", { data: { a: "2" } });
    expect(applyAll([live], [manifest], "shop").map(nameOf)).toEqual(["ConfigMap/shop/config"]);
    expect(applyAll([live], [manifest], "default").map(nameOf)).toEqual([
      "ConfigMap/shop/config",
      "ConfigMap/default/config",
    ]);
    expect(applyAll([], [object("Namespace", "a")], "shop").map(nameOf)).toEqual(["Namespace/a"]);
  });

  it("turn the plain values of a Secret into what the server stores", () => {
    const secret = object("Secret", "s", { metadata: { uid: "u" }, data: { "ca.crt": "b2xk" } });
    const manifest = object("Secret", "s", { stringData: { "ca.crt": "new" } });
    const [merged] = applyAll([secret], [manifest], "default");
    expect(merged?.raw["data"]).toEqual({ "ca.crt": Buffer.from("new").toString("base64") });
    expect(merged?.raw).not.toHaveProperty("stringData");
  });
});

const owned = (name: string, owner: string, uid = "") =>
  object("Certificate", name, { metadata: { uid, ownerReferences: [{ uid: owner }] } }, "shop");

it("removes what goes with an object that is deleted", () => {
  const all = [
    object("KService", "a", { metadata: { uid: "1" } }, "shop"),
    owned("b", "1", "2"),
    owned("c", "2", "3"),
    owned("d", "9"),
    object("Namespace", "shop"),
  ];
  const left = (...names: readonly string[]) =>
    removeAll(
      all,
      all.filter((one) => names.includes(nameOf(one))),
    ).map(nameOf);
  expect(left("KService/shop/a")).toEqual(["Certificate/shop/d", "Namespace/shop"]);
  expect(left("Namespace/shop")).toEqual([]);
  expect(left()).toHaveLength(5);
});

it.each([
  ["certificate", "Certificate"],
  ["Certificates", "Certificate"],
  ["kcertificate", "KCertificate"],
  ["certificates.networking.internal.knative.dev", "KCertificate"],
  ["ksvc", "KService"],
  ["services.serving.knative.dev", "KService"],
  ["service", "Service"],
  ["cm", "ConfigMap"],
  ["ingress", "KIngress"],
  ["ClusterIssuer", "ClusterIssuer"],
  ["pizza", undefined],
  ["certificates.example.com", undefined],
])("%s names %s", (word, kind) => {
  expect(kindNamed(word)).toBe(kind);
});

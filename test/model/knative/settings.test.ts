import { describe, expect, it } from "vitest";
import { readSettings, type ConfigName } from "../../../src/model/knative/settings.ts";
import { inventoryOf } from "../../support/world.ts";

const configMap = (uid: string, data: string) => `
apiVersion: v1
kind: ConfigMap
metadata: { name: config-network, namespace: knative-serving${uid} }
data: ${data}
`;
const serving = (config: string) => `
apiVersion: operator.knative.dev/v1beta1
kind: KnativeServing
metadata: { name: knative-serving, namespace: knative-serving }
spec:
  config: ${config}
`;

function read(files: readonly string[], name: ConfigName = "config-network", complete = false) {
  return readSettings(
    inventoryOf(Object.fromEntries(files.map((text, i) => [`${String(i)}.yaml`, text])), {
      complete,
    }),
    name,
  );
}

function value(files: readonly string[], key: string): string | undefined {
  const settings = read(files);
  return settings.known ? settings.value?.entries.get(key)?.value : undefined;
}

describe("KnativeServing as a second source (knative/operator pkg/reconciler/common/config_maps.go)", () => {
  const wanted = serving('{ network: { ingress-class: "b" } }');

  it("alone is enough", () => expect(value([wanted], "ingress-class")).toBe("b"));

  it("accepts the name with its prefix", () => {
    expect(value([serving('{ config-network: { ingress-class: "b" } }')], "ingress-class")).toBe(
      "b",
    );
  });

  it("overwrites a ConfigMap that is only written", () => {
    expect(
      value([configMap("", '{ ingress-class: "a", tag-template: "t" }'), wanted], "ingress-class"),
    ).toBe("b");
    expect(
      value([configMap("", '{ ingress-class: "a", tag-template: "t" }'), wanted], "tag-template"),
    ).toBe("t");
  });

  it("does not decide against a ConfigMap that was observed", () => {
    expect(value([configMap(", uid: x", '{ ingress-class: "a" }'), wanted], "ingress-class")).toBe(
      "a",
    );
  });

  it("names the keys in which both differ, and those that only it has", () => {
    const settings = read([
      configMap("", '{ ingress-class: "a" }'),
      serving('{ network: { ingress-class: "b", tag-template: "t" } }'),
    ]);
    if (!settings.known || !settings.value) throw new Error("not read");
    expect(
      settings.value.conflicts.map(({ live, wanted: other }) => [live.value, other.value]),
    ).toEqual([["a", "b"]]);
    expect(settings.value.unapplied.map(({ key }) => key)).toEqual(["tag-template"]);
  });

  it("counts only in the namespace of Serving", () => {
    expect(
      read([wanted.replaceAll("namespace: knative-serving", "namespace: other")]),
    ).toMatchObject({ known: false });
  });
});

describe("a ConfigMap that no file holds", () => {
  it("is unknown", () => expect(read([])).toMatchObject({ known: false }));
  it("does not exist when the files are everything", () =>
    expect(read([], "config-network", true)).toEqual({ known: true, value: undefined }));
});

it("keeps a value that is no string apart", () => {
  const settings = read([configMap("", "{ external-domain-tls: true, ingress-class: a }")]);
  if (!settings.known || !settings.value) throw new Error("not read");
  const entry = settings.value.entries.get("external-domain-tls");
  expect([entry?.value, entry?.written]).toEqual([undefined, true]);
});

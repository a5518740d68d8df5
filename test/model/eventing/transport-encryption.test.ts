import { describe, expect, it } from "vitest";
import { factsOf } from "../../../src/engine/facts.ts";
import { eventingTls } from "../../../src/model/eventing/transport-encryption.ts";
import { inventory, object } from "../../support/objects.ts";

const features = (value: string) =>
  object(
    "ConfigMap",
    "config-features",
    { data: { "transport-encryption": value } },
    "knative-eventing",
  );
const of = (...objects: Parameters<typeof inventory>[0]) =>
  factsOf(inventory(objects))(eventingTls);

describe("transport-encryption (eventing pkg/apis/feature/features.go)", () => {
  it.each([
    ["Disabled", "disabled"],
    ["permissive", "permissive"],
    ["STRICT", "strict"],
    ["Enabled", "neither"],
    ["allowed", "neither"],
    ["strict ", "refused"],
    ["true", "refused"],
    ["", "refused"],
  ])("%j is %s", (value, mode) => {
    expect(of(features(value))).toMatchObject({ known: true, value: { mode } });
  });

  it("is disabled where the flag is not set", () => {
    const empty = object("ConfigMap", "config-features", { data: {} }, "knative-eventing");
    expect(of(empty)).toMatchObject({ known: true, value: { mode: "disabled" } });
  });

  it("is what a KnativeEventing resource says where only that is written", () => {
    const config = { features: { "transport-encryption": "strict" } };
    const custom = object("KnativeEventing", "eventing", { spec: { config } }, "knative-eventing");
    expect(of(custom)).toMatchObject({ known: true, value: { mode: "strict" } });
  });

  it("is no question where nothing speaks of Eventing", () => {
    const serving = object("ConfigMap", "config-features", {}, "knative-serving");
    expect(of(serving)).toEqual({ known: true, value: undefined });
  });

  it("is not known where Eventing is there without its configuration", () => {
    const world = inventory([object("Deployment", "job-sink", {}, "knative-eventing")], {
      knowledge: () => ({ state: "partial", why: "no file" }),
    });
    expect(factsOf(world)(eventingTls)).toMatchObject({ known: false });
  });
});

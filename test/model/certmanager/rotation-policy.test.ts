import { describe, expect, it } from "vitest";
import { factsOf } from "../../../src/engine/facts.ts";
import {
  defaultRotationPolicy,
  rotationPolicyOf,
} from "../../../src/model/certmanager/rotation-policy.ts";
import { known, unknown } from "../../../src/model/known.ts";
import { inventory, object } from "../../support/objects.ts";

const controller = (version: string, ...args: readonly string[]) =>
  object("Deployment", "cert-manager", {
    metadata: {
      labels: {
        "app.kubernetes.io/name": "cert-manager",
        "app.kubernetes.io/component": "controller",
        "app.kubernetes.io/version": version,
      },
    },
    spec: { template: { spec: { containers: [{ args }] } } },
  });
const written = (rotationPolicy: string) =>
  object("Certificate", "ca", { spec: { privateKey: { rotationPolicy } } });
const off = "DefaultPrivateKeyRotationPolicyAlways=false";

describe("the rotation policy of a Certificate that sets none (cert-manager keymanager_controller.go)", () => {
  it.each([
    ["1.17 keeps the key", controller("v1.17.4"), "Never"],
    ["1.18 makes a new one", controller("v1.18.0"), "Always"],
    ["1.18 with the gate off", controller("v1.18.0", `--feature-gates=A=true,${off}`), "Never"],
    ["1.19 with the gate off", controller("v1.19.6", `--feature-gates=${off},B=true`), "Never"],
    ["1.18 with the gate on", controller("v1.18.0", "--feature-gates=A=false"), "Always"],
    ["1.20 has no gate any more", controller("v1.20.0", `--feature-gates=${off}`), "Always"],
  ])("%s", (_what, deployment, policy) => {
    expect(factsOf(inventory([deployment]))(defaultRotationPolicy)).toEqual(known(policy));
  });

  it("is not known without the version", () => {
    expect(factsOf(inventory([]))(defaultRotationPolicy)).toEqual(
      unknown("the version of cert-manager is not known"),
    );
  });

  it("is what the Certificate says where it says so", () => {
    expect(rotationPolicyOf(written("Never"), known("Always"))).toEqual(known("Never"));
    expect(rotationPolicyOf(written("Always"), known("Never"))).toEqual(known("Always"));
    expect(rotationPolicyOf(written("never"), known("Never"))).toMatchObject({ known: false });
  });
});

import { describe, expect, it } from "vitest";
import { isRoot } from "../../src/rule/finding.ts";
import { analyzed } from "../support/analyze.ts";
import { inventory, object } from "../support/objects.ts";
import { toQueueProxy, trustNow, trustObjects } from "../support/trust-world.ts";

const filter = "ENABLE_SECRET_INFORMER_FILTERING_BY_CERT_UID";

function kourierController(value: string, namespace = "knative-serving") {
  const containers = [{ name: "controller", env: [{ name: filter, value }] }];
  const content = { spec: { template: { spec: { containers } } } };
  return object("Deployment", "net-kourier-controller", content, namespace);
}

describe("net-kourier", () => {
  it("sees only Secrets with a label where it is told to", () => {
    const hidden = toQueueProxy({ more: [kourierController("true")] });
    expect(hidden.get("kourier-gateway")?.reason?.code).toBe("dialer-cannot-start");
    expect(hidden.get("activator")?.verdict).toBe("holds");
    const all = toQueueProxy({ more: [kourierController("false")] });
    expect(all.get("kourier-gateway")?.verdict).toBe("holds");
  });

  it("reads in the namespace of its controller", () => {
    const rows = toQueueProxy({ more: [kourierController("false", "ingress")] });
    expect(rows.get("kourier-gateway")?.reason?.text).toContain("Secret ingress/");
  });
});

it.each([
  ["istio", ["KC115"]],
  ["gateway-api", ["KC115"]],
  ["contour", ["KC501"]],
])("what %s cannot do is one fault", (ingressClass, roots) => {
  const world = inventory(trustObjects({ ingressClass }));
  const { findings } = analyzed([world], { now: trustNow, select: ["KC115", "KC501"] });
  expect(findings.filter(isRoot).map(({ code }) => code)).toEqual(roots);
  expect(findings.some(({ code }) => code === "KC501")).toBe(true);
});

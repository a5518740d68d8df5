import { describe, expect, it } from "vitest";
import { factsOf } from "../../src/engine/facts.ts";
import { isRoot } from "../../src/rule/finding.ts";
import { handshakes } from "../../src/trust/facts.ts";
import { labelOf } from "../../src/trust/handshake.ts";
import { analyzed } from "../support/analyze.ts";
import { inventory, object } from "../support/objects.ts";
import { ca, leaf } from "../support/pki/issue.ts";
import { otherKey } from "../support/pki/key.ts";
import {
  root,
  toQueueProxy,
  trustNow,
  trustObjects,
  type TrustWorld,
} from "../support/trust-world.ts";

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

describe("a certificate of the activator without kn-routing", () => {
  const forShop = leaf(root, { dns: ["kn-user-shop", "data-plane.knative.dev"] });
  const bank = object("KService", "hello", {}, "bank");

  function toActivator(world: TrustWorld) {
    const objects = inventory(trustObjects({ routing: forShop, ...world }));
    return factsOf(objects)(handshakes)(trustNow)
      .filter(({ endpoint }) => endpoint.component === "activator")
      .map((row) => `${labelOf(row)}: ${row.verdict} ${row.reason?.code ?? ""}`.trim());
  }

  const where = "-> activator in namespace knative-serving";

  it.each([
    ["kourier", { bundles: [{ a: root.pem }] }],
    ["contour", { caCrt: root.pem }],
  ])("serves the namespace that it names, and no other, behind %s", (ingressClass, trust) => {
    expect(toActivator({ ...trust, ingressClass })).toEqual([
      `${ingressClass}-gateway ${where} for kn-user-shop: holds`,
    ]);
    expect(toActivator({ ...trust, ingressClass, more: [bank] })).toEqual([
      `${ingressClass}-gateway ${where} for kn-user-shop: holds`,
      `${ingressClass}-gateway ${where}: fails name`,
    ]);
  });

  it("serves nobody where no CA of it is trusted", () => {
    expect(toActivator({ bundles: [{ a: ca({ subject: "other" }).pem }] })).toEqual([
      `kourier-gateway ${where} for kn-user-shop: fails unknown-authority`,
    ]);
  });

  it("serves nobody where it names a namespace without a Revision", () => {
    const routing = leaf(root, { dns: ["kn-user-bank"] });
    expect(toActivator({ routing })).toEqual([`kourier-gateway ${where}: fails name`]);
  });

  function judged(more: TrustWorld["more"] = []) {
    const world = inventory(trustObjects({ routing: forShop, more }));
    const { findings } = analyzed([world], { now: trustNow, select: ["KC304", "KC501"] });
    return findings.map(({ code, severity, handshakes: broken }) =>
      [code, severity, ...broken].join(" "),
    );
  }

  it("is an error where it keeps requests off, and a warning where a namespace to come is concerned", () => {
    expect(judged()).toEqual(["KC304 warning"]);
    expect(judged([bank])).toEqual(["KC304 error", `KC501 error kourier-gateway ${where}`]);
  });
});

describe("a gateway", () => {
  const host = "shop.example.com";
  const mapping = object(
    "DomainMapping",
    host,
    { spec: { tls: { secretName: "own" }, ref: { name: "hello" } } },
    "shop",
  );

  function served(wanted: Parameters<typeof leaf>[1]) {
    const { pem } = leaf(root, { dns: [host], ...wanted });
    const data = { "tls.crt": Buffer.from(pem).toString("base64"), "tls.key": "UkVEQUNURUQ=" };
    const more = [mapping, object("Secret", "own", { data }, "shop")];
    const rows = factsOf(inventory(trustObjects({ more })))(handshakes)(trustNow);
    const row = rows.find(({ serverNames }) => serverNames.includes(host));
    return `${row?.verdict ?? "no row"} ${row?.reason?.code ?? ""}`;
  }

  it.each([
    ["P-256", {}, "unknown no-trust"],
    ["RSA of 2048 bits", { key: otherKey(2048, "own") }, "unknown no-trust"],
    ["RSA of 1024 bits", { key: otherKey(1024, "own") }, "fails not-supported"],
    ["P-224", { key: otherKey("P-224", "own") }, "fails not-supported"],
    ["no key usage for TLS 1.3", { keyUsage: ["keyEncipherment"] }, "fails not-supported"],
  ] as const)("serves what Envoy takes: %s", (_what, wanted, said) => {
    expect(served(wanted)).toBe(said);
  });
});

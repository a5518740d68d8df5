import { describe, expect, it } from "vitest";
import { pickSolver, solversOf } from "../../../src/model/certmanager/solvers.ts";
import type { Json } from "../../../src/model/json.ts";
import { object } from "../../support/objects.ts";

const http = { http01: { ingress: {} } };
const dns = { dns01: { route53: { region: "eu-central-1" } } };

function picked(
  solvers: readonly Json[],
  name: string,
  labels: Readonly<Record<string, string>> = {},
): number | undefined {
  const issuer = object("ClusterIssuer", "acme", { spec: { acme: { solvers } } });
  return pickSolver(solversOf(issuer), name, new Map(Object.entries(labels)))?.index;
}

describe("cert-manager pkg/util/solverpicker/solverpicker.go Pick", () => {
  it.each([
    ["the only one", [http], "a.example.com", 0],
    ["the first of equals", [http, dns], "a.example.com", 0],
    ["DNS-01 for a wildcard", [http, dns], "*.example.com", 1],
    ["none for a wildcard without DNS-01", [http], "*.example.com", undefined],
    [
      "a zone before no selector",
      [http, { ...dns, selector: { dnsZones: ["example.com"] } }],
      "a.example.com",
      1,
    ],
    [
      "not a zone of other letters",
      [{ ...dns, selector: { dnsZones: ["ample.com"] } }],
      "a.example.com",
      undefined,
    ],
    ["the zone itself", [{ ...dns, selector: { dnsZones: ["example.com"] } }], "example.com", 0],
    [
      "the longer zone",
      [
        { ...dns, selector: { dnsZones: ["example.com"] } },
        { ...dns, selector: { dnsZones: ["a.example.com"] } },
      ],
      "x.a.example.com",
      1,
    ],
    [
      "an exact name before any zone",
      [
        { ...dns, selector: { dnsZones: ["a.example.com"] } },
        { ...http, selector: { dnsNames: ["x.a.example.com"] } },
      ],
      "x.a.example.com",
      1,
    ],
    [
      "no other name",
      [{ ...http, selector: { dnsNames: ["b.example.com"] } }],
      "a.example.com",
      undefined,
    ],
    ["an empty selector is like none", [{ ...http, selector: {} }, dns], "a.example.com", 0],
    ["a solver without a type never", [{}], "a.example.com", undefined],
  ] as const)("%s", (_what, solvers, name, index) => {
    expect(picked(solvers, name)).toBe(index);
  });

  it("asks every label and prefers more of them", () => {
    const solvers = [
      { ...http, selector: { matchLabels: { a: "1" } } },
      { ...http, selector: { matchLabels: { a: "1", b: "2" } } },
    ];
    expect(picked(solvers, "x", { a: "1" })).toBe(0);
    expect(picked(solvers, "x", { a: "1", b: "2" })).toBe(1);
    expect(picked(solvers, "x", { a: "2" })).toBeUndefined();
  });
});

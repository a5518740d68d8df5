import { describe, expect, it } from "vitest";
import { certificateNames } from "../../../src/model/knative/common-name.ts";
import { childName, expandedHosts, isClusterLocal } from "../../../src/model/knative/names.ts";

const long = (length: number, end: string) => "a".repeat(length - end.length) + end;

describe("common names (serving pkg/reconciler/certificate/resources/cert_manager_certificate.go)", () => {
  it.each([
    ["a name of 63 bytes", [long(63, ".example.com")], "example.com", long(63, ".example.com")],
    [
      "a longer one is shortened to k. and its domain",
      [long(64, ".example.com")],
      "example.com",
      "k.example.com",
    ],
    ["cluster-local too", [long(64, ".shop")], "svc.cluster.local", "k.svc.cluster.local"],
    ["a domain of 61 bytes still fits", [long(80, ".x")], "b".repeat(61), `k.${"b".repeat(61)}`],
  ])("%s", (_what, dnsNames, domain, commonName) => {
    const names = certificateNames(dnsNames, domain);
    expect(names).toEqual({
      ok: true,
      commonName,
      dnsNames: commonName === dnsNames[0] ? dnsNames : [commonName, ...dnsNames],
    });
  });

  it.each([
    ["no domain: kn-user-<ns> and wildcards", long(64, ".x"), "", "spec.Domain on Kcert is empty"],
    [
      "the domain is the name: DomainMapping",
      long(64, ".x"),
      long(64, ".x"),
      "longer than 63 characters",
    ],
    ["the domain is too long itself", long(80, ".x"), "b".repeat(62), "prepending short prefix"],
  ])("fails: %s", (_what, name, domain, reason) => {
    const names = certificateNames([name], domain);
    expect(names.ok ? "" : names.reason).toContain(reason);
  });
});

describe("expanded hosts (knative/networking pkg/ingress/ingress.go ExpandedHosts)", () => {
  it.each([
    [
      "hello.shop.svc.cluster.local",
      ["hello.shop", "hello.shop.svc", "hello.shop.svc.cluster.local"],
    ],
    ["hello.123.svc.cluster.local", ["hello.123.svc", "hello.123.svc.cluster.local"]],
    ["hello.example.com", ["hello.example.com"]],
  ])("%s", (host, hosts) => expect(expandedHosts(host, "cluster.local")).toEqual(hosts));
});

describe("cluster-local by letters (serving pkg/reconciler/route/domains/domains.go IsClusterLocal)", () => {
  it.each([
    ["hello.shop.svc.cluster.local", true],
    ["hello.mycluster.local", true],
    ["hello.example.com", false],
  ])("%s", (host, local) => expect(isClusterLocal(host, "cluster.local")).toBe(local));
});

describe("kmeta.ChildName", () => {
  it("keeps 63 characters", () => expect(childName("a".repeat(63))).toBe("a".repeat(63)));
  it("cuts and hashes more", () =>
    expect(childName("a".repeat(64))).toBe(`${"a".repeat(31)}014842d480b571495a4a0363793f7367`));
});

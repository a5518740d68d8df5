import { describe, expect, it } from "vitest";
import { tlsAddresses } from "../../../src/model/eventing/addresses.ts";
import type { JsonObject } from "../../../src/model/json.ts";
import { object } from "../../support/objects.ts";

const of = (status: JsonObject) =>
  tlsAddresses(object("Broker", "b", { status })).map(({ host, caCerts, steps }) => [
    host,
    caCerts,
    steps.join("/"),
  ]);
const https = { url: "https://a.b.svc.cluster.local/shop/b", CACerts: "pem" };

describe("the https addresses of an Addressable (knative/pkg apis/duck/v1)", () => {
  it.each<readonly [string, JsonObject, readonly unknown[]]>([
    ["none", {}, []],
    ["one", { address: https }, [["a.b.svc.cluster.local", "pem", "status/address"]]],
    ["not http", { address: { url: "http://a.b.svc.cluster.local" } }, []],
    [
      "the one among several, once",
      { address: https, addresses: [{ url: "http://x" }, https] },
      [["a.b.svc.cluster.local", "pem", "status/addresses/1"]],
    ],
    ["a port", { address: { url: "https://a.b:8443/x" } }, [["a.b", undefined, "status/address"]]],
    ["no text", { address: { url: 1 }, addresses: "x" }, []],
  ])("%s", (_what, status, expected) => {
    expect(of(status)).toEqual(expected);
  });
});

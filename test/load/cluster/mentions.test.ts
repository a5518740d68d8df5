import { expect, it } from "vitest";
import { mentionsOf } from "../../../src/load/cluster/mentions.ts";
import { makeObject } from "../../../src/model/object.ts";

const place = { type: "cluster", context: "", resourceVersion: "" } as const;
const issuer = (name: string, secretName: string) =>
  makeObject("ClusterIssuer", { metadata: { name }, spec: { ca: { secretName } } }, place, "");

it("knows what objects mention, whatever comes and goes", () => {
  const [a, b] = [issuer("a", "one"), issuer("b", "one")];
  const mentions = mentionsOf([a]);
  expect(mentions.has("one")).toBe(true);
  expect(mentions.replace(undefined, b)).toEqual([]);
  const changed = issuer("a", "two");
  expect(mentions.replace(a, changed)).toEqual(["two"]);
  expect(mentions.replace(changed, changed)).toEqual([]);
  expect(mentions.has("one")).toBe(true);
  mentions.replace(b, undefined);
  expect(mentions.has("one")).toBe(false);
  mentions.replace(changed, undefined);
  expect(mentions.has("two")).toBe(false);
});

import { describe, expect, it } from "vitest";
import { durationOf, inWords, renewBeforeOf } from "../../../src/model/certmanager/lifetime.ts";
import type { JsonObject } from "../../../src/model/json.ts";
import { object } from "../../support/objects.ts";

const hour = 3_600_000;
const certificate = (spec: JsonObject) => object("Certificate", "ca", { spec });

describe("when a Certificate is renewed (cert-manager pkg/util/pki/renewaltime.go)", () => {
  it.each<readonly [string, JsonObject, number, number]>([
    ["nothing written: a third of 90 days", {}, 2160, 720],
    ["a duration: a third of it", { duration: "8760h" }, 8760, 2920],
    ["renewBefore", { duration: "8760h", renewBefore: "2160h" }, 8760, 2160],
    ["renewBefore longer than the life does not count", { renewBefore: "3000h" }, 2160, 720],
    ["a percentage of the life", { duration: "1000h", renewBeforePercentage: 25 }, 1000, 250],
    [
      "renewBefore wins over the percentage",
      { renewBefore: "1h", renewBeforePercentage: 50 },
      2160,
      1,
    ],
    ["a percentage that leaves nothing does not count", { renewBeforePercentage: 100 }, 2160, 720],
    ["a duration that is none", { duration: "1y" }, 2160, 720],
  ])("%s", (_what, spec, life, before) => {
    const one = certificate(spec);
    expect(durationOf(one) / hour).toBe(life);
    expect(renewBeforeOf(one, durationOf(one)) / hour).toBe(before);
  });

  it.each([
    [2160, "90 days"],
    [48, "2 days"],
    [47, "47 hours"],
    [1, "1 hour"],
    [87_600, "3,650 days"],
  ])("%d hours are %s", (hours, words) => {
    expect(inWords(hours * hour)).toBe(words);
  });
});

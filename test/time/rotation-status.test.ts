import { describe, expect, it } from "vitest";
import { statusOf } from "../../src/time/rotation/status.ts";
import { recording } from "../support/recordings.ts";

function statusIn(name: string, minutesLater = 0) {
  const { inventory, now } = recording(name);
  const status = statusOf(inventory, now.getTime() + minutesLater * 60_000);
  if (!status.known) throw new Error(status.why);
  return status.value;
}

describe("phase of a rotation, from objects alone", () => {
  it.each([
    ["01-healthy", "S1", 3],
    ["06a-before-ca-renewal", "S0", 3],
    ["06b-after-ca-renewal", "S4", 5],
    ["06c-one-leaf-renewed", "S5", 5],
    ["06d-all-leaves-renewed", "S0", 3],
    ["07-0-before", "S1", 3],
    ["07-1-new-ca-created", "S2", 3],
    ["07-2-both-trusted", "S3", 4],
    ["07-3-references-switched", "S6", 7],
    ["07-4-old-ca-removed", "S8", 9],
    ["08-switched-before-trust", "S6", 7],
    ["13a-rekeyed-routing-certificate-first", "S5", 5],
    ["14a-no-bundle-shop-renewed-first", "S5", 5],
  ])("%s is in %s", (name, phase, step) => {
    const status = statusIn(name);
    expect([status.phase, status.step]).toEqual([phase, step]);
  });

  it("counts the grace from the youngest certificate", () => {
    expect(statusIn("07-3-references-switched", 9).phase).toBe("S6");
    expect(statusIn("07-3-references-switched", 11).phase).toBe("S7");
    expect(statusIn("07-3-references-switched").oldCaMayGoAt).toBe("2026-11-24T00:08:32Z");
  });

  it("dates the removal by the last leaf that nothing re-issues before its time", () => {
    const { cas, oldCaMayGoAt, blocks } = statusIn("06c-one-leaf-renewed");
    expect(oldCaMayGoAt).toBe("2027-01-23T00:06:48Z");
    expect(
      cas.map(({ role, leaves, inBundle, inCaCrt }) => [role, leaves, inBundle, inCaCrt]),
    ).toEqual([
      ["live", 1, true, false],
      ["old", 2, false, true],
    ]);
    expect(blocks.join("\n")).toContain("Bundle/knative-trust reads the Secret of the CA");
  });

  it("asks for trust before anything else where the switch came first", () => {
    expect(statusIn("08-switched-before-trust").next).toBe(
      "put CN=knative-ca-2 into the bundle, beside CN=knative-ca (step 4)",
    );
  });

  it("says why where no CA issuer is in use", () => {
    const { inventory, now } = recording("04-acme-for-internal-names");
    expect(statusOf(inventory, now.getTime())).toMatchObject({
      known: false,
      why: expect.stringContaining("no CA issuer"),
    });
  });
});

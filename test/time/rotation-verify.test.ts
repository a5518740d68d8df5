import { describe, expect, it } from "vitest";
import { isRoot } from "../../src/rule/finding.ts";
import { verify } from "../../src/time/rotation/verify.ts";
import { inventoryOf } from "../../src/time/world.ts";
import { labelOf } from "../../src/trust/handshake.ts";
import { analyzed } from "../support/analyze.ts";
import { nineSteps } from "../support/nine-steps.ts";
import { recording } from "../support/recordings.ts";

const week = { within: 7 * 24 * 3_600_000 };
const start = recording("07-0-before");
/** When the new CA of the plan becomes valid. */
const judgedAt = new Date("2026-11-23T23:58:16Z");

function proof(order: string) {
  return verify(start.inventory, start.now.getTime(), nineSteps(order), week);
}

describe("the nine steps", () => {
  it.each([
    ["in their order", "0123456789"],
    ["with the first three in another order", "0312456789"],
    ["with the first three in yet another order", "0231456789"],
    ["without 1 to 3, where all is well", "0456789"],
    ["without 7", "012345689"],
    ["without 9", "012345678"],
    ["with the new CA made at the last moment", "1234056789"],
  ])("are safe %s", (_what, order) => {
    const { verdict, failure, states, kinds, endpoints } = proof(order);
    expect([verdict, failure?.trace]).toEqual(["safe", undefined]);
    expect(states).toBeGreaterThan(100);
    expect([kinds, endpoints]).toEqual([1, 2]);
  });

  const bank = /^(activator|kourier-gateway) -> queue-proxy in namespace bank$/;
  /** What goes wrong, the handshake, the end of the shortest trace, and its length. */
  it.each([
    ["4 and 5 are swapped", "0123546789", "component: reload of queue-proxy/bank", 7],
    ["8 and 9 are swapped", "0123456798", "component: reload of kourier", 17],
    ["4 is left out", "012356789", "component: reload of queue-proxy/bank", 7],
    ["6 and 7 are left out", "01234589", "component: reload of activator", 14],
    ["8 is left out", "012345679", "component: reload of kourier", 17],
  ])("are not safe where %s", (_what, order, last, length) => {
    const { verdict, failure } = proof(order);
    expect(verdict).toBe("unsafe");
    expect(failure && labelOf(failure.failing)).toMatch(bank);
    const trace = failure?.trace.map(({ by, what }) => `${by}: ${what}`) ?? [];
    expect(trace.at(-1)).toContain(last);
    expect(trace).toHaveLength(length);
  });
});

const late = new Date("2027-03-01T00:00:00Z").getTime();

const page = recording("02-documentation-page");
/** In 02 the CA expires a second before the certificates that it has signed. */
const unhealthy = [
  { what: "certificates have expired", from: start, at: late, code: "KC501" },
  {
    what: "the CA has expired",
    from: page,
    at: Date.parse("2027-02-21T23:52:50.500Z"),
    code: "KC211",
  },
];

describe.each(unhealthy)("a start where $what", ({ from, at, code }) => {
  it("is not safe to change without looking first, and a rule says why", () => {
    const { verdict, failure } = verify(from.inventory, at, nineSteps("0456789"), week);
    expect([verdict, failure?.trace, failure?.failing.reason?.code]).toEqual([
      "unsafe",
      [],
      "expired",
    ]);
    const { findings } = analyzed([from.inventory], { now: new Date(at), select: [code] });
    expect(findings.map((finding) => finding.code)).toContain(code);
  });

  it("stops a plan that looks first, before anything is changed", () => {
    const { verdict, stopped, states } = verify(from.inventory, at, nineSteps("1230456789"), week);
    expect([verdict, stopped?.step, states]).toEqual(["stopped", "1", 0]);
    expect(stopped?.waitsFor).toMatch(/fails|expired/);
  });
});

describe("a plan that never comes to its end", () => {
  it("says what it waits for", () => {
    // The references name an issuer that nobody creates.
    const { verdict, stopped } = proof("123456789");
    expect([verdict, stopped?.step]).toEqual(["stopped", "6"]);
    expect(stopped?.waitsFor).toContain("is not re-issued yet");
  });
});

describe("the objects of the moment in which a handshake fails", () => {
  /** Objects do not show what a queue-proxy has loaded, so KC608 says what may be, and the others what is. */
  it.each([
    ["4 and 5 swapped", "0123546789", "KC601"],
    ["8 and 9 swapped", "0123456798", "KC608"],
    ["4 left out", "012356789", "KC601"],
    ["6 and 7 left out", "01234589", "KC603"],
    ["8 left out", "012345679", "KC608"],
  ])("with %s are found by a rule", (_what, order, code) => {
    const { failure } = proof(order);
    if (!failure) throw new Error("the plan is safe");
    const { findings, crashes } = analyzed([inventoryOf(failure.state.world)], {
      now: judgedAt,
      select: ["KC6"],
    });
    expect(crashes).toEqual([]);
    expect(findings.filter(isRoot).map((finding) => finding.code)).toEqual([code]);
  });

  it("after a plan without step 9 tell that the old CA can go", () => {
    const { inventory, now } = recording("07-3-references-switched");
    const { findings } = analyzed([inventory], { now, select: ["KC6"] });
    expect(findings.map((finding) => finding.code)).toEqual(["KC605"]);
  });
});

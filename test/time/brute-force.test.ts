import { describe, expect, it } from "vitest";
import { verify } from "../../src/time/rotation/verify.ts";
import { forecast } from "../../src/time/forecast/forecast.ts";
import type { Handshake } from "../../src/trust/handshake.ts";
import { bruteForce, bruteForecast } from "../support/brute-force.ts";
import {
  inventoryOfSmall,
  planOfSmall,
  smallNow,
  smallWorlds,
  type SmallStep,
} from "../support/small-worlds.ts";

const day = 86_400_000;
const worlds = smallWorlds;

const issued: SmallStep = { waits: ["issued"] };
const grace: SmallStep = { waits: ["grace"] };
const both: SmallStep = { trust: "ab" };
const toB: SmallStep = { references: "b" };
const onlyB: SmallStep = { trust: "b" };

const plans: Readonly<Record<string, readonly SmallStep[]>> = {
  "no plan": [],
  "the nine steps": [{ waits: ["healthy"] }, both, toB, issued, grace, onlyB],
  "without looking first": [both, toB, issued, grace, onlyB],
  "switch before trust": [toB, both, issued, grace, onlyB],
  "never trust both": [toB, issued, grace, onlyB],
  "no waiting": [both, toB, onlyB],
  "no grace": [both, toB, issued, onlyB],
  "grace at the end": [both, toB, issued, onlyB, grace],
  "there and back": [both, toB, { references: "a" }, issued, grace, { trust: "a" }],
};

/** All of them take minutes: the two that matter most are proven in every world, the others in every ninth one. */
const everywhere = process.env["EVERY_WORLD"] === "1";
const inEvery: ReadonlySet<string> = new Set(["no plan", "the nine steps"]);
const cases = Object.entries(plans).map(([name, plan], i) => {
  const some = worlds.filter((_, nth) => everywhere || inEvery.has(name) || nth % 9 === i);
  return { name, plan, some, count: some.length };
});

describe("rotation verify, against a search that takes nothing apart", () => {
  it.each(cases)(
    "gives the same answer in $count of the 576 small worlds: $name",
    { timeout: 300_000 },
    ({ plan, some }) => {
      const steps = planOfSmall(plan);
      const different = some.flatMap((world) => {
        const brute = bruteForce(world, plan);
        const { verdict, failure } = verify(inventoryOfSmall(world), smallNow, steps, {
          within: day,
        });
        const taken = failure?.trace.filter(({ by }) => by === "plan").length;
        const isSame = verdict === brute.verdict && taken === brute.taken;
        return isSame ? [] : [{ world, brute, verdict, taken }];
      });
      expect(different).toEqual([]);
    },
  );
});

describe("forecast, against a search that takes nothing apart", () => {
  it(
    "names the same handshakes, and the same of them in every order, in all 576 small worlds",
    { timeout: 300_000 },
    () => {
      const different = worlds.flatMap((world) => {
        const brute = [...bruteForecast(world)].map(
          ([handshake, orders]) => `${handshake.replace(/ns-\d/, "namespace")}: ${orders}`,
        );
        const { broken } = forecast(inventoryOfSmall(world), smallNow, smallNow + 70 * day);
        const own = broken.flatMap(({ handshake, alike, orders }) =>
          Array.from({ length: alike }, () => `${sidesOf(handshake)}: ${orders}`),
        );
        const isSame = own.toSorted().join() === brute.toSorted().join();
        return isSame ? [] : [{ world, brute, own }];
      });
      expect(worlds).toHaveLength(576);
      expect(different).toEqual([]);
    },
  );
});

function sidesOf({ dialer, endpoint }: Handshake): string {
  const from = dialer.component === "activator" ? "activator" : "gateway";
  return `${from} -> ${endpoint.component === "activator" ? "activator" : "namespace"}`;
}

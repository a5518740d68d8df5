import { describe, expect, it } from "vitest";
import { makeObject, type KubeObject } from "../../src/model/object.ts";
import { text, type JsonObject } from "../../src/model/json.ts";
import { known, unknown } from "../../src/model/known.ts";
import { rotatesKey } from "../../src/time/cert-manager/policy.ts";
import { nextRenewal, renewalSpecOf, renewalTime } from "../../src/time/cert-manager/renewal.ts";
import { worldOf } from "../../src/time/world.ts";
import { recorded } from "../support/nine-steps.ts";
import { inventory, object } from "../support/objects.ts";

const now = Date.parse("2026-11-24T00:00:00Z");
const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

function certificate(spec: JsonObject, status: JsonObject = {}): KubeObject {
  const raw = {
    apiVersion: "cert-manager.io/v1",
    kind: "Certificate",
    metadata: { name: "c", namespace: "ns" },
    spec,
    status,
  };
  return makeObject(
    "Certificate",
    raw,
    { type: "file", file: "x.yaml", document: 0, base: "" },
    "ns",
  );
}

function renewed(spec: JsonObject, life: number, notBefore = now): number | undefined {
  const time = renewalTime(
    { notBefore, notAfter: notBefore + life },
    renewalSpecOf(certificate(spec)),
  );
  return time === undefined ? undefined : time - notBefore;
}

function daily(cron: string, windowDuration = "2h", timezone = "UTC") {
  return { cron, windowDuration, timezone };
}

/** From cert-manager v1.21.2 pkg/util/pki/renewaltime_test.go. */
describe("renewal time", () => {
  it.each([
    ["neither is set", {}, 24 * hour, 16 * hour],
    ["renewBefore", { renewBefore: "8h" }, 24 * hour, 16 * hour],
    ["renewBefore of a long life", { renewBefore: "706h" }, 730 * hour, 24 * hour],
    ["renewBefore longer than the life", { renewBefore: "25h" }, 24 * hour, 16 * hour],
    ["percentage", { renewBeforePercentage: 30 }, 730 * hour, 511 * hour],
    ["renewBefore hardly shorter", { renewBefore: "24h" }, 24 * hour + 3 * minute, 3 * minute],
    ["a life that is a second short", {}, 24 * hour - 1000, 16 * hour - 1000],
    ["percentage 25", { renewBeforePercentage: 25 }, 3 * hour, 3 * hour - 45 * minute],
    ["percentage 100 means the default", { renewBeforePercentage: 100 }, 3 * hour, 2 * hour],
    ["percentage 0 means the default", { renewBeforePercentage: 0 }, 3 * hour, 2 * hour],
    ["renewBefore wins", { renewBefore: "1h", renewBeforePercentage: 50 }, 3 * hour, 2 * hour],
    ["ten years at 99 percent", { renewBeforePercentage: 99 }, 3650 * day, 36.5 * day],
    ["disabled", { renewal: { policy: "Disabled" }, renewBefore: "20h" }, 24 * hour, undefined],
  ])("%s", (_what, spec, life, expected) => {
    expect(renewed(spec, life)).toBe(expected);
  });

  it.each([
    ["inside the window", [daily("0 10 * * *")], "10:30", "10:30"],
    ["after the window", [daily("0 10 * * *")], "13:00", "+1 10:00"],
    ["before the window", [daily("0 15 * * *")], "09:00", "15:00"],
    ["no window before expiry: at the desired time", [daily("0 10 1 6 *")], "13:30", "13:30"],
    [
      "the earlier of two",
      [daily("0 23 * * 1-5"), daily("0 10 * * 6,0", "4h")],
      "06:00",
      "10:00",
      "2026-11-28",
    ],
    ["in another time zone", [daily("0 10 * * *", "2h", "America/Phoenix")], "17:30", "17:30"],
    ["winter time in Denver", [daily("0 10 * * *", "2h", "America/Denver")], "22:30", "+1 17:00"],
    [
      "summer time in Denver",
      [daily("0 10 * * *", "2h", "America/Denver")],
      "15:00",
      "16:00",
      "2026-07-01",
    ],
    ["an expression that is none", [daily("when it suits")], "13:30", "13:30"],
  ])("%s", (_what, windows, desired, expected, date = "2026-11-24") => {
    const at = Date.parse(`${date}T${desired}:00Z`);
    const notAfter = Date.parse(`${date}T00:00:00Z`) + 3 * day;
    const spec = {
      renewBefore: `${String((notAfter - at) / minute)}m`,
      renewal: { policy: "RenewBefore", windows },
    };
    const validity = { notBefore: notAfter - 14 * day, notAfter };
    const [later, time]: readonly [number, string] = expected.startsWith("+1")
      ? [day, expected.slice(3)]
      : [0, expected];
    expect(renewalTime(validity, renewalSpecOf(certificate(spec)))).toBe(
      Date.parse(`${date}T${time}:00Z`) + later,
    );
  });
});

describe("rotation policy", () => {
  it.each([
    [undefined, "1.17.4", false],
    [undefined, "1.18.0", true],
    [undefined, "1.21.2", true],
    ["Never", "1.21.2", false],
    ["Always", "1.9.0", true],
  ])("%s on %s", (rotationPolicy, version, expected) => {
    const spec = rotationPolicy === undefined ? {} : { privateKey: { rotationPolicy } };
    expect(rotatesKey(certificate(spec), known(version))).toEqual(known(expected));
  });

  it("is not known where the version is not", () => {
    const answer = rotatesKey(certificate({}), unknown("no Deployment says it"));
    expect(answer).toMatchObject({ known: false, why: expect.stringContaining("no Deployment") });
    expect(
      rotatesKey(certificate({ privateKey: { rotationPolicy: "Never" } }), unknown("?")),
    ).toEqual(known(false));
  });
});

describe("the next attempt", () => {
  const leaf = recorded("07-0-before", "Secret", "shop", "serving-certs");
  /** By cert-manager itself. */
  const renewedAt = text(
    recorded("07-0-before", "Certificate", "shop", "serving-certs").raw,
    "status",
    "renewalTime",
  );
  const bare = worldOf(inventory([]));
  const patient = worldOf(
    inventory([
      object("Deployment", "cert-manager", {
        metadata: {
          labels: {
            "app.kubernetes.io/name": "cert-manager",
            "app.kubernetes.io/component": "controller",
          },
        },
        spec: {
          template: {
            spec: {
              containers: [
                {
                  name: "cert-manager-controller",
                  args: ["--certificate-request-minimum-backoff-duration=12h"],
                },
              ],
            },
          },
        },
      }),
    ]),
  );
  const failed = { lastFailureTime: "2027-01-24T00:00:00Z", failedIssuanceAttempts: 2 };

  it.each([
    ["is the renewal, where nothing failed", bare, {}, renewedAt],
    ["waits after failures", bare, failed, "2027-01-24T02:00:00Z"],
    ["waits as long as the controller is told to", patient, failed, "2027-01-25T00:00:00Z"],
  ])("%s", (_what, world, status, expected) => {
    const time = nextRenewal(world, leaf, certificate({}, status));
    expect(new Date(time ?? 0).toISOString().replace(".000Z", "Z")).toBe(expected);
  });

  it("never comes where renewal is turned off, failures or not", () => {
    const off = certificate({ renewal: { policy: "Disabled" } }, failed);
    expect(nextRenewal(bare, leaf, off)).toBeUndefined();
  });
});

import { describe, expect, it } from "vitest";
import { backOffOf, failuresOf } from "../../../src/model/issuance/back-off.ts";
import { object } from "../../support/objects.ts";

const failedAt = "2026-11-24T10:30:00Z";

function next(attempts: number | undefined, args: readonly string[] = []): string | undefined {
  const certificate = object("Certificate", "serving-certs", {
    status: {
      lastFailureTime: failedAt,
      ...(attempts !== undefined && { failedIssuanceAttempts: attempts }),
    },
  });
  const controller = object("Deployment", "cert-manager", {
    spec: { template: { spec: { containers: [{ args }] } } },
  });
  return failuresOf(certificate, backOffOf(controller)).next?.toISOString();
}

describe("the pause after failed attempts", () => {
  it.each([
    [undefined, "2026-11-24T11:30:00.000Z"],
    [1, "2026-11-24T11:30:00.000Z"],
    [2, "2026-11-24T12:30:00.000Z"],
    [3, "2026-11-24T14:30:00.000Z"],
    [6, "2026-11-25T18:30:00.000Z"],
    [7, "2026-11-25T18:30:00.000Z"],
    [4000, "2026-11-25T18:30:00.000Z"],
  ])("after %s failures ends at %s", (attempts, expected) => {
    expect(next(attempts)).toBe(expected);
  });

  it("follows the flags of the controller", () => {
    const args = [
      "--certificate-request-minimum-backoff-duration=10m",
      "--certificate-request-maximum-backoff-duration",
      "30m",
    ];
    expect(next(2, args)).toBe("2026-11-24T10:50:00.000Z");
    expect(next(5, args)).toBe("2026-11-24T11:00:00.000Z");
  });

  it("is none where nothing has failed", () => {
    const certificate = object("Certificate", "serving-certs", { status: {} });
    expect(failuresOf(certificate, backOffOf(undefined))).toEqual({
      attempts: 0,
      last: undefined,
      next: undefined,
    });
  });
});

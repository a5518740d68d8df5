import { parseDuration } from "../../model/go/duration.ts";
import { dig, list, text } from "../../model/json.ts";
import type { KubeObject } from "../../model/object.ts";
import { nextInWindows, type RenewalWindow, type Validity } from "./windows.ts";

/** What a Certificate says about its renewal. Durations in milliseconds. */
export interface RenewalSpec {
  readonly duration: number;
  readonly renewBefore: number | undefined;
  readonly renewBeforePercentage: number | undefined;
  /** cert-manager 1.21 on: `Disabled` is never renewed by time. */
  readonly disabled: boolean;
  readonly windows: readonly RenewalWindow[];
}

const day = 24 * 3_600_000;
/** pkg/apis/certmanager/v1/const.go DefaultCertificateDuration. */
const defaultDuration = 90 * day;
const second = 1000;

export function renewalSpecOf(certificate: KubeObject): RenewalSpec {
  const percentage = dig(certificate.raw, "spec", "renewBeforePercentage");
  return {
    duration: durationAt(certificate, "duration") ?? defaultDuration,
    renewBefore: durationAt(certificate, "renewBefore"),
    renewBeforePercentage: typeof percentage === "number" ? percentage : undefined,
    disabled: text(certificate.raw, "spec", "renewal", "policy") === "Disabled",
    windows: list(certificate.raw, "spec", "renewal", "windows").map((window) => ({
      cron: text(window, "cron") ?? "",
      duration: parseDuration(text(window, "windowDuration") ?? "") ?? 0,
      timezone: text(window, "timezone") || "UTC",
    })),
  };
}

function durationAt(certificate: KubeObject, field: string): number | undefined {
  const written = text(certificate.raw, "spec", field);
  return written === undefined ? undefined : parseDuration(written);
}

/**
 * When cert-manager renews a certificate (pkg/util/pki/renewaltime.go RenewalTime): by the lifetime that the
 * certificate has, not the one that was asked for. Undefined: never.
 */
export function renewalTime(validity: Validity, spec: RenewalSpec): number | undefined {
  const desired = Math.floor((validity.notAfter - renewBefore(validity, spec)) / second) * second;
  if (spec.disabled) return undefined;
  return spec.windows.length === 0 ? desired : nextInWindows(desired, validity, spec.windows);
}

function renewBefore({ notBefore, notAfter }: Validity, spec: RenewalSpec): number {
  const life = notAfter - notBefore;
  const { renewBefore: before, renewBeforePercentage: percentage } = spec;
  if (before !== undefined && before > 0 && before < life) return before;
  if (percentage !== undefined && percentage > 0 && percentage < 100)
    return (life * percentage) / 100;
  return life / 3;
}

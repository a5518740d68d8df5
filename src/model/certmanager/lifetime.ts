import { thousands } from "../thousands.ts";
import { parseDuration } from "../go/duration.ts";
import { dig, text } from "../json.ts";
import type { KubeObject } from "../object.ts";

const hour = 3_600_000;

/** How long a certificate lives that no duration is written for, in milliseconds (pkg/apis/certmanager/v1 DefaultCertificateDuration). */
const defaultDuration = 90 * 24 * hour;

/** Knative writes no duration: its certificates have cert-manager's default (serving resources/cert_manager_certificate.go). */
export const knativeLifetime = defaultDuration;

/** `spec.duration` in milliseconds. */
export function durationOf(certificate: KubeObject): number {
  return parseDuration(text(certificate.raw, "spec", "duration") ?? "") || defaultDuration;
}

/**
 * How long before its end a certificate is renewed that lives for `life`; both in milliseconds.
 * Source: cert-manager pkg/util/pki/renewaltime.go RenewBefore.
 */
export function renewBeforeOf(certificate: KubeObject, life: number): number {
  const before = parseDuration(text(certificate.raw, "spec", "renewBefore") ?? "") ?? 0;
  if (before > 0 && before < life) return before;
  const percentage = dig(certificate.raw, "spec", "renewBeforePercentage");
  const share = typeof percentage === "number" ? (life * percentage) / 100 : 0;
  return share > 0 && share < life ? share : life / 3;
}

/** A time in the status that cert-manager wrote: notAfter, notBefore, renewalTime, lastFailureTime. */
export function statusTime(object: KubeObject, field: string): Date | undefined {
  const written = Date.parse(text(object.raw, "status", field) ?? "");
  return Number.isNaN(written) ? undefined : new Date(written);
}

/** "90 days", "36 hours": milliseconds in words, rounded down. */
export function inWords(milliseconds: number): string {
  const hours = Math.floor(milliseconds / hour);
  const [count, unit] = hours >= 48 ? [Math.floor(hours / 24), "day"] : [hours, "hour"];
  return `${thousands(count)} ${unit}${count === 1 ? "" : "s"}`;
}

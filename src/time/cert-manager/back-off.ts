import { dig, text } from "../../model/json.ts";
import type { KubeObject } from "../../model/object.ts";

const hour = 3_600_000;
/** Defaults of --certificate-request-minimum-backoff-duration and --certificate-request-maximum-backoff-duration. */
const plain = { minimum: hour, maximum: 32 * hour };

/** Issuance has failed: how often, and when cert-manager tries again. */
export interface BackOff {
  readonly attempts: number;
  readonly lastFailure: number;
  readonly nextAttempt: number;
}

/** pkg/controller/certificates/trigger/trigger_controller.go shouldBackoffReissuingOnFailure. Nothing where none failed. */
export function backOffOf(certificate: KubeObject, bounds = plain): BackOff | undefined {
  const written = text(certificate.raw, "status", "lastFailureTime");
  const lastFailure = written === undefined ? Number.NaN : Date.parse(written);
  if (Number.isNaN(lastFailure)) return undefined;
  const counted = dig(certificate.raw, "status", "failedIssuanceAttempts");
  const attempts = typeof counted === "number" && counted > 0 ? counted : 1;
  const delay = Math.min(bounds.minimum * 2 ** (attempts - 1), bounds.maximum);
  return {
    attempts,
    lastFailure,
    nextAttempt: lastFailure + Math.max(delay, bounds.minimum),
  };
}

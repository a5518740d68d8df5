import { flagOf } from "../certmanager/controller-flags.ts";
import { parseDuration } from "../go/duration.ts";
import { dig } from "../json.ts";
import type { KubeObject } from "../object.ts";
import { timeAt } from "../time.ts";

/** How long cert-manager waits after failures, in milliseconds. */
export interface BackOff {
  readonly minimum: number;
  readonly maximum: number;
}

const hour = 3_600_000;
const defaults: BackOff = { minimum: hour, maximum: 32 * hour };

/** The flags of the controller that set it (since cert-manager 1.20 and 1.21), else its defaults. */
export function backOffOf(controller: KubeObject | undefined): BackOff {
  const flag = (name: string) =>
    parseDuration((controller && flagOf(controller, `--certificate-request-${name}`)) ?? "");
  return {
    minimum: flag("minimum-backoff-duration") ?? defaults.minimum,
    maximum: flag("maximum-backoff-duration") ?? defaults.maximum,
  };
}

export interface Failures {
  /** Failed attempts in a row. */
  readonly attempts: number;
  readonly last: Date | undefined;
  /** When cert-manager tries again, unless the spec is changed before. */
  readonly next: Date | undefined;
}

/**
 * The first pause after a failure, doubled with each further one, from status.lastFailureTime on.
 * Source: cert-manager pkg/controller/certificates/trigger/trigger_controller.go shouldBackoffReissuingOnFailure.
 */
export function failuresOf(certificate: KubeObject, backOff: BackOff): Failures {
  const written = dig(certificate.raw, "status", "failedIssuanceAttempts");
  const attempts = typeof written === "number" && written > 0 ? Math.floor(written) : 0;
  const last = timeAt(certificate.raw, "status", "lastFailureTime");
  if (!last) return { attempts, last, next: undefined };
  const pause = Math.min(backOff.minimum * 2 ** Math.max(0, attempts - 1), backOff.maximum);
  return { attempts, last, next: new Date(last.getTime() + pause) };
}

import { Cron } from "croner";

/** From when to when a certificate is valid, in milliseconds since 1970. */
export interface Validity {
  readonly notBefore: number;
  readonly notAfter: number;
}

/** A time in which cert-manager may renew: it opens by a cron expression and stays open for `duration` milliseconds. */
export interface RenewalWindow {
  readonly cron: string;
  readonly duration: number;
  readonly timezone: string;
}

/**
 * The desired time where a window is open then, else when the next one opens. Where none does in time, cert-manager
 * says WindowError and renews at the desired time.
 */
export function nextInWindows(
  desired: number,
  validity: Validity,
  windows: readonly RenewalWindow[],
): number {
  const times = windows.flatMap((window) => {
    const time = nextInWindow(desired, validity, window);
    return time === undefined ? [] : [time];
  });
  return times.length === 0 ? desired : Math.min(...times);
}

/** pkg/util/pki/renewaltime.go findBeforeDesired and findAfterDesired. */
function nextInWindow(
  desired: number,
  { notBefore, notAfter }: Validity,
  { cron, duration, timezone }: RenewalWindow,
): number | undefined {
  const schedule = scheduleOf(cron, timezone);
  const from = Math.max(desired - duration, notBefore - duration);
  const open = schedule?.nextRun(new Date(from - 1000))?.getTime();
  if (open === undefined) return undefined;
  if (open <= desired) return desired;
  return open > notAfter + duration ? undefined : open;
}

/** Undefined for an expression that cert-manager's webhook refuses. */
function scheduleOf(cron: string, timezone: string): Cron | undefined {
  try {
    return new Cron(cron, { timezone, paused: true });
  } catch {
    return undefined;
  }
}

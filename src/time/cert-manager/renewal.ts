import { durationOf, renewBeforeOf } from "../../model/certmanager/lifetime.ts";
import { isCertManagerController } from "../../model/components.ts";
import { parseDuration } from "../../model/go/duration.ts";
import { backOffOf, failuresOf, type BackOff } from "../../model/issuance/back-off.ts";
import type { Inventory } from "../../model/inventory.ts";
import { list, text } from "../../model/json.ts";
import type { KubeObject } from "../../model/object.ts";
import { presented } from "../certificates.ts";
import type { World } from "../world.ts";
import { nextInWindows, type RenewalWindow, type Validity } from "./windows.ts";

/** What a Certificate says about its renewal. Durations in milliseconds. */
export interface RenewalSpec {
  readonly duration: number;
  /** How long before the end of a certificate that lives so long. */
  readonly before: (life: number) => number;
  /** cert-manager 1.21 on: `Disabled` is never renewed by time. */
  readonly disabled: boolean;
  readonly windows: readonly RenewalWindow[];
}

const second = 1000;

export function renewalSpecOf(certificate: KubeObject): RenewalSpec {
  return {
    duration: durationOf(certificate),
    before: (life) => renewBeforeOf(certificate, life),
    disabled: text(certificate.raw, "spec", "renewal", "policy") === "Disabled",
    windows: list(certificate.raw, "spec", "renewal", "windows").map((window) => ({
      cron: text(window, "cron") ?? "",
      duration: parseDuration(text(window, "windowDuration") ?? "") ?? 0,
      timezone: text(window, "timezone") || "UTC",
    })),
  };
}

/**
 * When cert-manager renews a certificate (pkg/util/pki/renewaltime.go RenewalTime): by the lifetime that the
 * certificate has, not the one that was asked for. Undefined: never.
 */
export function renewalTime(validity: Validity, spec: RenewalSpec): number | undefined {
  const { notBefore, notAfter } = validity;
  const desired = Math.floor((notAfter - spec.before(notAfter - notBefore)) / second) * second;
  if (spec.disabled) return undefined;
  return spec.windows.length === 0 ? desired : nextInWindows(desired, validity, spec.windows);
}

/** When cert-manager will try to renew a Certificate next, after the pause that failures have earned it; undefined where it will not. */
export function nextRenewal(
  world: World,
  secret: KubeObject | undefined,
  certificate: KubeObject,
): number | undefined {
  const [leaf] = secret ? presented(secret, "tls.crt") : [];
  if (!leaf) return undefined;
  const validity = { notBefore: leaf.notBefore.getTime(), notAfter: leaf.notAfter.getTime() };
  const time = renewalTime(validity, renewalSpecOf(certificate));
  const retry = failuresOf(certificate, backOffIn(world)).next?.getTime();
  return time === undefined || retry === undefined ? time : Math.max(time, retry);
}

const backOffs = new WeakMap<Inventory, BackOff>();

function backOffIn({ origin }: World): BackOff {
  const known =
    backOffs.get(origin) ?? backOffOf(origin.all("Deployment").find(isCertManagerController));
  backOffs.set(origin, known);
  return known;
}

import type { KubeObject } from "../model/object.ts";
import type { Certificate } from "../pki/certificate/certificate.ts";
import { renewalSpecOf, renewalTime } from "../time/cert-manager/renewal.ts";

/** When cert-manager means to renew what a Certificate has, windows and all; undefined: not by time. */
export function renewalOf(
  certificate: KubeObject,
  { notBefore, notAfter }: Certificate,
): Date | undefined {
  const validity = { notBefore: notBefore.getTime(), notAfter: notAfter.getTime() };
  const time = renewalTime(validity, renewalSpecOf(certificate));
  return time === undefined ? undefined : new Date(time);
}

import type { KubeObject } from "../model/object.ts";
import type { Certificate } from "../pki/certificate/certificate.ts";
import { renewalSpecOf, renewalTime } from "../time/cert-manager/renewal.ts";

/**
 * When cert-manager means to renew a certificate: by what its Certificate says, windows and all, where that is known, else
 * as it does where nothing is said. Undefined: not by time.
 */
export function renewalOf(
  certificate: KubeObject | undefined,
  { notBefore, notAfter }: Certificate,
): Date | undefined {
  const validity = { notBefore: notBefore.getTime(), notAfter: notAfter.getTime() };
  const third = (validity.notAfter - validity.notBefore) / 3;
  const time = certificate
    ? renewalTime(validity, renewalSpecOf(certificate))
    : validity.notAfter - third;
  return time === undefined ? undefined : new Date(time);
}

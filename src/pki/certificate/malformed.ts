/** Why DER is no certificate, in Go's words where it has some; never leaves src/pki/certificate. */
export class Malformed extends Error {}

/** The value; what is not there makes the certificate malformed. */
export function need<T>(value: T | undefined, why: string): T {
  if (value === undefined) throw new Malformed(why);
  return value;
}

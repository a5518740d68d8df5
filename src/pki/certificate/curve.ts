import { hexOf } from "../der/bytes.ts";

export interface Curve {
  /** As JSON Web Keys call it; OpenSSL's name where they have none. */
  readonly name: "P-224" | "P-256" | "P-384" | "P-521";
  readonly oid: string;
  /** Length of a coordinate in bytes. */
  readonly size: number;
  readonly p: bigint;
  readonly b: bigint;
}

/** The curves that Go knows: y² = x³ - 3x + b over p (FIPS 186-4 D.1.2). */
export const curves: Readonly<Record<string, Curve>> = Object.fromEntries(
  (
    [
      {
        name: "P-224",
        oid: "1.3.132.0.33",
        size: 28,
        p: 2n ** 224n - 2n ** 96n + 1n,
        b: 0xb4050a850c04b3abf54132565044b0b7d7bfd8ba270b39432355ffb4n,
      },
      {
        name: "P-256",
        oid: "1.2.840.10045.3.1.7",
        size: 32,
        p: 2n ** 256n - 2n ** 224n + 2n ** 192n + 2n ** 96n - 1n,
        b: 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604bn,
      },
      {
        name: "P-384",
        oid: "1.3.132.0.34",
        size: 48,
        p: 2n ** 384n - 2n ** 128n - 2n ** 96n + 2n ** 32n - 1n,
        b: 0xb3312fa7e23ee7e4988e056be3f82d19181d9c6efe8141120314088f5013875ac656398d8a2ed19d2a85c8edd3ec2aefn,
      },
      {
        name: "P-521",
        oid: "1.3.132.0.35",
        size: 66,
        p: 2n ** 521n - 1n,
        b: 0x0051953eb9618e1c9a1f929a21a0b68540eea2da725b99b315f3b8b489918ef109e156193951ec7e937b1652c0bd3bb1bf073573df883d2c34f1ef451fd46b503f00n,
      },
    ] satisfies readonly Curve[]
  ).map((curve): [string, Curve] => [curve.oid, curve]),
);

/** An uncompressed point on the curve, or undefined. */
export function pointOn(
  curve: Curve,
  bytes: Uint8Array,
): { readonly x: Uint8Array; readonly y: Uint8Array } | undefined {
  if (bytes.length !== 1 + 2 * curve.size || bytes[0] !== 4) return undefined;
  const [xBytes, yBytes] = [bytes.subarray(1, 1 + curve.size), bytes.subarray(1 + curve.size)];
  const [x, y] = [numberOf(xBytes), numberOf(yBytes)];
  if (x >= curve.p || y >= curve.p) return undefined;
  return (y * y - (x * x - 3n) * x - curve.b) % curve.p === 0n
    ? { x: xBytes, y: yBytes }
    : undefined;
}

function numberOf(bytes: Uint8Array): bigint {
  return BigInt(`0x${hexOf(bytes)}`);
}

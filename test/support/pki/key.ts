import {
  createECDH,
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
} from "node:crypto";
import type { KeyObject } from "node:crypto";

/** A key pair of a test PKI. */
export interface TestKey {
  readonly privateKey: KeyObject;
  /** The SubjectPublicKeyInfo. */
  readonly info: Uint8Array;
}

const keys = new Map<string, TestKey>();

/** The P-256 key of this name, the same in every run. */
export function testKey(name: string): TestKey {
  return remembered(`P-256 ${name}`, () => {
    const secret = createHash("sha256").update(name).digest();
    const curve = createECDH("prime256v1");
    curve.setPrivateKey(secret);
    const point = curve.getPublicKey();
    return createPrivateKey({
      format: "jwk",
      key: {
        kty: "EC",
        crv: "P-256",
        d: part(secret),
        x: part(point.subarray(1, 33)),
        y: part(point.subarray(33)),
      },
    });
  });
}

/** A key of another kind: another one in every run, the same within it. */
export function otherKey(
  kind: "ed25519" | "P-224" | "P-384" | "P-521" | number,
  name: string,
): TestKey {
  return remembered(`${String(kind)} ${name}`, () => {
    if (kind === "ed25519") return generateKeyPairSync(kind).privateKey;
    if (typeof kind === "number") {
      return generateKeyPairSync("rsa", { modulusLength: kind }).privateKey;
    }
    return generateKeyPairSync("ec", { namedCurve: kind }).privateKey;
  });
}

function part(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("base64url");
}

function remembered(name: string, make: () => KeyObject): TestKey {
  const known = keys.get(name);
  if (known) return known;
  const privateKey = make();
  const info = createPublicKey(privateKey).export({ format: "der", type: "spki" });
  const key = { privateKey, info };
  keys.set(name, key);
  return key;
}

import { generateKeyPairSync } from "node:crypto";
import { describe, expect, it } from "vitest";
import { blankKeys } from "../../../src/load/cluster/blank-keys.ts";

const ec = generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey;
const rsa = generateKeyPairSync("rsa", { modulusLength: 1024 }).privateKey;
const encrypted = { cipher: "aes-256-cbc", passphrase: "p" };
const keys = {
  "PKCS #8": ec.export({ type: "pkcs8", format: "pem" }),
  "SEC 1": ec.export({ type: "sec1", format: "pem" }),
  "PKCS #1": rsa.export({ type: "pkcs1", format: "pem" }),
  "encrypted PKCS #8": ec.export({ type: "pkcs8", format: "pem", ...encrypted }),
  "encrypted PKCS #1": rsa.export({ type: "pkcs1", format: "pem", ...encrypted }),
} as const;

const base64 = (text: string | Buffer) => Buffer.from(text).toString("base64");
const certificate = base64("-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n");

describe.each(Object.entries(keys))("a private key as %s", (_name, pem) => {
  const secret = {
    data: { "tls.crt": certificate, "tls.key": base64(pem), "other-name": base64(pem) },
    annotation: JSON.stringify({ data: { "tls.key": base64(pem) } }),
  };

  it("is gone from the bytes, and the rest is as it was", () => {
    const bytes = Buffer.from(JSON.stringify(secret));
    const { length } = bytes;
    blankKeys(bytes);
    expect(bytes).toHaveLength(length);
    expect(bytes.includes(base64(pem).slice(60, 100))).toBe(false);
    const after = JSON.parse(bytes.toString()) as typeof secret;
    expect(after.data["tls.crt"]).toBe(certificate);
    expect(Buffer.from(after.data["tls.key"], "base64").toString()).toBe("REDACTED");
    expect(JSON.parse(after.annotation)).toHaveProperty("data");
  });
});

it("leaves alone what only looks like it", () => {
  const text = JSON.stringify({
    a: certificate,
    b: base64("-----BEGIN PUBLIC KEY-----\nx"),
    c: "LS0tLS1CRUdJ",
  });
  const bytes = Buffer.from(text);
  blankKeys(bytes);
  expect(bytes.toString()).toBe(text);
});

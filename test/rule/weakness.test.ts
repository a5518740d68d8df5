import { describe, expect, it } from "vitest";
import { weaknessesOf } from "../../src/rule/weakness.ts";
import { made } from "../support/made-certificates.ts";

const rsa = (modulusLength: number) => ({
  name: "RSASSA-PKCS1-v1_5",
  modulusLength,
  publicExponent: new Uint8Array([1, 0, 1]),
  hash: "SHA-256",
});

describe("weaknesses of a certificate", async () => {
  const ca = await made({ name: "ca", ca: true });
  const said = async (wanted: Partial<Parameters<typeof made>[0]>) =>
    weaknessesOf((await made({ name: "leaf", signer: ca, ...wanted })).certificate).map(
      ({ refused, what }) => `${refused ? "refused" : "weak"}: ${what}`,
    );

  it.each([
    ["ECDSA on P-256 has none", {}, []],
    ["RSA with 2,048 bits has none", { key: rsa(2048) }, []],
    ["RSA with 1,024 bits is weak", { key: rsa(1024) }, ["weak: has an RSA key of 1024 bits"]],
    ["RSA with 512 bits is refused", { key: rsa(512) }, ["refused: has an RSA key of 512 bits"]],
    ["SHA-1 is refused", { hash: "SHA-1" }, ["refused: is signed with ECDSA-SHA1"]],
    [
      "a serial number of 21 octets is weak",
      { serial: `7f${"00".repeat(20)}` },
      ["weak: has a serial number of more than 20 octets"],
    ],
  ])("%s", async (_what, wanted, expected) => {
    expect(await said(wanted)).toEqual(expected);
  });

  it("calls a serial number of 0 weak", () => {
    expect(weaknessesOf({ ...ca.certificate, serial: 0n })).toEqual([
      { refused: false, what: "has no positive serial number" },
    ]);
  });

  it("does not look at the signature of a certificate that signed itself", async () => {
    const root = await made({ name: "root", ca: true, hash: "SHA-1" });
    expect(weaknessesOf(root.certificate)).toEqual([]);
  });
});

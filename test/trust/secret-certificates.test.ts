import { describe, expect, it } from "vitest";
import { certificatesIn } from "../../src/trust/secret-certificates.ts";
import { made } from "../support/made-certificates.ts";
import { object } from "../support/objects.ts";

const base64 = (text: string) => Buffer.from(text).toString("base64");
const broken = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n";

function names(secret: ReturnType<typeof object>) {
  const reading = certificatesIn(secret, "tls.crt");
  return reading.state === "read"
    ? reading.certificates.map(({ certificate }) => certificate.subject.commonName)
    : reading.state;
}

describe("the certificates in a Secret", async () => {
  const ca = await made({ name: "ca", ca: true });
  const leaf = await made({ name: "leaf", signer: ca });
  const chain = `${leaf.pem}\n${ca.pem}\n`;
  it.each([
    ["a chain in data", { data: { "tls.crt": base64(chain) } }, ["leaf", "ca"]],
    ["a chain in stringData", { stringData: { "tls.crt": chain } }, ["leaf", "ca"]],
    [
      "stringData over data",
      { data: { "tls.crt": base64(ca.pem) }, stringData: { "tls.crt": chain } },
      ["leaf", "ca"],
    ],
    [
      "what does not parse is left out",
      { stringData: { "tls.crt": `${broken}${ca.pem}` } },
      ["ca"],
    ],
    ["nothing", {}, "absent"],
    ["an empty value", { data: { "tls.crt": "" } }, "absent"],
    ["a redacted value", { data: { "tls.crt": base64("REDACTED") } }, "redacted"],
  ])("%s", (_what, content, expected) => {
    expect(names(object("Secret", "s", content))).toEqual(expected);
  });

  it("are found where they stand in a text, and malformed ones too", () => {
    const secret = object("Secret", "s", { stringData: { "tls.crt": `${broken}${ca.pem}\n` } });
    const reading = certificatesIn(secret, "tls.crt");
    if (reading.state !== "read") throw new Error(reading.state);
    expect(reading.blocks).toBe(2);
    expect(reading.malformed).toMatchObject([
      { place: { pointer: "/stringData/tls.crt", inside: { offset: 0 } } },
    ]);
    expect(reading.certificates).toMatchObject([
      { place: { inside: { offset: broken.length, length: ca.pem.length } } },
    ]);
  });

  it("have no spot inside base64", () => {
    const secret = object("Secret", "s", { data: { "tls.crt": base64(ca.pem) } });
    const reading = certificatesIn(secret, "tls.crt");
    expect(reading.state === "read" && reading.certificates[0]?.place.inside).toBe(undefined);
  });
});

import { expect, it } from "vitest";
import { sha1KeyId } from "../../../src/pki/certificate/key-identifier.ts";
import { made } from "../../support/made-certificates.ts";

it("is what a library makes by SHA-1 (RFC 5280 section 4.2.1.2)", async () => {
  const { certificate } = await made({ name: "ca", ca: true });
  expect(sha1KeyId(certificate)).toBe(certificate.subjectKeyId);
});

import { generateKeyPairSync } from "node:crypto";
import { describe, expect, it } from "vitest";
import { withoutSecrets } from "../../src/load/redact.ts";
import { record, text } from "../../src/model/json.ts";
import { readPem } from "../../src/pki/pem/read.ts";
import { ca } from "../support/pki/issue.ts";

const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const pkcs8 = privateKey.export({ type: "pkcs8", format: "pem" }).toString();
const encrypted = privateKey
  .export({ type: "pkcs1", format: "pem", cipher: "aes-256-cbc", passphrase: "p" })
  .toString();
const { pem } = ca({ subject: "knative.dev" });
const base64 = (value: string) => Buffer.from(value, "latin1").toString("base64");

function cleaned(value: string, field: "data" | "stringData"): string {
  const written = field === "data" ? base64(value) : value;
  const clean = withoutSecrets("Secret", { [field]: { "ca.crt": written, "tls.key": written } });
  const after = text(record(clean, field), "ca.crt") ?? "";
  return field === "data" ? Buffer.from(after, "base64").toString("latin1") : after;
}

function shapes(value: string): readonly string[] {
  return readPem(value).blocks.map(({ type, start, end, headers, bytes }) =>
    [type, start, end, headers.size > 0, bytes.length].join(" "),
  );
}

describe.each(["data", "stringData"] as const)(
  "a private key beside a certificate, in %s",
  (field) => {
    it.each([
      ["behind it", pem + pkcs8],
      ["before it", pkcs8 + pem],
      ["encrypted, with headers", pem + encrypted],
      ["indented", pem + pkcs8.replaceAll(/^/gm, "  ")],
      ["without an end", pkcs8.slice(0, 900) + pem],
    ])("is blanked: %s", (_name, value) => {
      const after = cleaned(value, field);
      const body = value.slice(value.indexOf("PRIVATE KEY-----") + 100);
      expect(after).not.toContain(body.slice(0, 40));
      expect(after).toHaveLength(value.length);
    });

    it.each([
      ["behind it", pem + pkcs8],
      ["before it", pkcs8 + pem],
      ["encrypted, with headers", pem + encrypted],
      ["without an end", pkcs8.slice(0, 900) + pem],
    ])("leaves what a reader of PEM finds: %s", (_name, value) => {
      const after = cleaned(value, field);
      expect(shapes(after)).toEqual(shapes(value));
      expect(after).toContain(pem);
    });
  },
);

it("takes a value that was blanked on its way here for redacted", () => {
  const value = `${base64("REDACTED")}${" ".repeat(500)}`;
  const clean = withoutSecrets("Secret", { data: { "tls.crt": value } });
  expect(record(clean, "data")).toEqual({ "tls.crt": base64("REDACTED") });
});

import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { describe, expect, it } from "vitest";
import { ran, withFiles } from "../support/command-line.ts";
import { recordingNames } from "../support/recordings.ts";

const schema: unknown = JSON.parse(readFileSync("docs/schema/handshakes.v1.schema.json", "utf8"));
const validate = addFormats.default(new Ajv2020({ strict: true })).compile(schema as object);

function objectsOf(name: string): string {
  return gunzipSync(readFileSync(`test/fixtures/recordings/${name}/objects.json.gz`)).toString();
}

describe("handshakes", () => {
  it.each(recordingNames)("prints what its schema promises: %s", async (name) => {
    await withFiles({ "objects.json": objectsOf(name) }, async (directory) => {
      const { out } = await ran(["handshakes", "--complete", "-o", "json", directory]);
      expect(validate(JSON.parse(out)), JSON.stringify(validate.errors)).toBe(true);
    });
  });

  it("has a row for each namespace with a service, with or without its Secret", async () => {
    await withFiles(
      { "objects.json": objectsOf("05-ca-secret-in-wrong-namespace") },
      async (at) => {
        const { code, out } = await ran(["handshakes", "--complete", at]);
        expect(code).toBe(1);
        expect(out).toContain("fails    activator -> queue-proxy in namespace bank");
        expect(out).toContain("dialer-cannot-start: Secret knative-serving/routing-serving-certs");
        expect(out).toContain("8 handshakes: 0 hold, 5 fail, 3 are not known");
      },
    );
  });

  it("does not call missing what is not issued yet", async () => {
    const { code, out } = await ran(["handshakes", "examples/healthy"]);
    expect(code).toBe(0);
    expect(out).toContain("no-certificate: Secret shop/serving-certs is not issued yet");
  });

  it("knows that an issuer which does not exist issues nothing", async () => {
    const { code, out } = await ran(["handshakes", "examples/shop"]);
    expect(code).toBe(1);
    expect(out).toContain("it is never issued:");
  });
});

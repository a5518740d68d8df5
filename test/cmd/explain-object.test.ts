import { gunzipSync } from "node:zlib";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { ran, withFiles, type Ran } from "../support/command-line.ts";
import { recording } from "../support/recordings.ts";

/** Explains an object of a recording, at the time it was recorded. */
async function explained(name: string, ...argv: readonly string[]): Promise<Ran> {
  const path = `test/fixtures/recordings/${name}/objects.json.gz`;
  const text = gunzipSync(readFileSync(path)).toString("utf8");
  const now = recording(name).now.toISOString();
  return withFiles({ "dump.json": text }, (directory) =>
    ran(["explain", ...argv, "--in", `${directory}/dump.json`, "--complete", "--now", now]),
  );
}

describe("explain KIND/NAME", () => {
  it.each([
    [
      "03-default-issuer-missing",
      "root cause: ClusterIssuer/knative-selfsigned-issuer does not exist",
    ],
    [
      "04-acme-for-internal-names",
      "root cause: ClusterIssuer/letsencrypt is not Ready: ErrRegisterACMEAccount: Failed to register ACME account",
    ],
    [
      "05-ca-secret-in-wrong-namespace",
      "root cause: Secret/cert-manager/knative-ca does not exist\n",
    ],
    ["12-half-set-references", "root cause: Issuer/shop/knative-selfsigned-issuer does not exist"],
  ])("finds what was put into %s", async (name, cause) => {
    for (const topic of ["certificate/serving-certs", "kcert/serving-certs"]) {
      const { code, out, err } = await explained(name, topic, "-n", "shop");
      expect({ code, err }).toEqual({ code: 1, err: "" });
      expect(out.replaceAll(/\n {2,}(?=\S)/g, " ")).toContain(cause);
      expect(out).toContain(
        "KCertificate/shop/serving-certs (kn-user-shop, data-plane.knative.dev)",
      );
    }
  });

  it("shows the whole chain, as it is read from top to bottom", async () => {
    const { out } = await explained(
      "05-ca-secret-in-wrong-namespace",
      "ksvc/hello",
      "-n",
      "shop",
      "-o",
      "json",
    );
    const { kind, explanations } = JSON.parse(out);
    expect(kind).toBe("explanation");
    const mine = explanations.find(
      (one: { readonly certificate: { readonly name: string } }) =>
        one.certificate.name === "serving-certs",
    );
    expect(mine.chain.map((link: { readonly step: string }) => link.step)).toEqual([
      "KService",
      "Route",
      "KCertificate",
      "Certificate",
      "CertificateRequest",
      "approval",
      "issuer",
      "CA Secret",
      "Secret",
    ]);
    expect(mine.chain[mine.cause]).toMatchObject({
      step: "CA Secret",
      namespace: "cert-manager",
      name: "knative-ca",
      state: "missing",
    });
    expect(mine).toMatchObject({ outcome: "not issued", nextAttempt: null });
  });

  it("prints the time of the next attempt, and how long that is", async () => {
    const certificate = {
      apiVersion: "cert-manager.io/v1",
      kind: "Certificate",
      metadata: { name: "knative-ca", namespace: "cert-manager", uid: "1" },
      spec: { isCA: true, secretName: "knative-ca", issuerRef: { name: "root" } },
      status: {
        conditions: [
          { type: "Ready", status: "False", reason: "DoesNotExist", message: "none" },
          { type: "Issuing", status: "False", reason: "Failed", message: "it did not work" },
        ],
        lastFailureTime: "2026-11-24T11:30:00Z",
        failedIssuanceAttempts: 3,
      },
    };
    await withFiles({ "one.json": JSON.stringify(certificate) }, async (directory) => {
      const { code, out } = await ran(["explain", "cert/knative-ca", "--in", directory]);
      expect(code).toBe(1);
      expect(out).toContain("next attempt: 2026-11-24T15:30:00Z (in 3 hours), after 3 failed");
    });
  });

  it("takes the name of a Secret, and says what it does not find", async () => {
    const name = "01-healthy";
    expect(await explained(name, "secret/serving-certs", "-n", "bank")).toMatchObject({ code: 0 });
    expect(await explained(name, "certificate/serving-cert", "-n", "bank")).toMatchObject({
      code: 2,
      err: "error: there is no Certificate serving-cert in namespace bank in what was read\nDid you mean serving-certs?\n",
    });
    expect(await explained(name, "certificate/serving-certs")).toMatchObject({
      code: 2,
      err: "error: there is more than one: Certificate/bank/serving-certs, Certificate/shop/serving-certs\nName the namespace: -n bank.\n",
    });
    expect(await explained(name, "pod/x")).toMatchObject({ code: 2 });
  });
});

import { describe, expect, it } from "vitest";
import { certificateSpecProblems } from "../../../src/model/certmanager/certificate-spec/index.ts";
import { issuerSpecProblems } from "../../../src/model/certmanager/issuer-spec.ts";

const good = { secretName: "s", issuerRef: { name: "ca" }, dnsNames: ["a.example.com"] };
const steps = (problems: readonly { readonly steps: readonly (string | number)[] }[]) =>
  problems.map((problem) => problem.steps.slice(1).join("."));

describe("cert-manager internal/apis/certmanager/validation/certificate.go", () => {
  it.each([
    ["a plain one", {}],
    [
      "a CA",
      {
        isCA: true,
        commonName: "ca",
        duration: "87600h",
        renewBefore: "8760h",
        privateKey: { algorithm: "ECDSA", size: 384, rotationPolicy: "Never", encoding: "PKCS8" },
      },
    ],
    [
      "an external issuer",
      { issuerRef: { name: "x", kind: "AWSPCAClusterIssuer", group: "awspca.cert-manager.io" } },
    ],
    [
      "all usages",
      {
        usages: [
          "digital signature",
          "key encipherment",
          "server auth",
          "client auth",
          "cert sign",
        ],
      },
    ],
    ["a percentage", { renewBeforePercentage: 25 }],
    ["an empty algorithm", { privateKey: { size: 4096 } }],
    [
      "addresses",
      {
        ipAddresses: ["10.0.0.1", "2001:db8::1"],
        uris: ["spiffe://x"],
        emailAddresses: ["a@example.com"],
      },
    ],
    ["64 bytes", { commonName: "a".repeat(64) }],
    ["a literal subject", { literalSubject: "CN=x,O=y", dnsNames: [] }],
    [
      "name constraints",
      { isCA: true, nameConstraints: { permitted: { dnsDomains: ["example.com"] } } },
    ],
    [
      "the allowed annotation",
      {
        secretTemplate: {
          annotations: { "cert-manager.io/allow-direct-injection": "true", other: "x" },
        },
      },
    ],
  ])("takes %s", (_what, spec) => {
    expect(certificateSpecProblems({ spec: { ...good, ...spec } })).toEqual([]);
  });

  it.each([
    ["secretName", { secretName: "" }, "secretName"],
    ["secretName", { secretName: "Not_A_Name" }, "secretName"],
    ["issuerRef.name", { issuerRef: {} }, "issuerRef.name"],
    ["issuerRef.kind", { issuerRef: { name: "x", kind: "clusterissuer" } }, "issuerRef.kind"],
    ["issuerRef.namespace", { issuerRef: { name: "x", namespace: "y" } }, "issuerRef.namespace"],
    ["no name at all", { dnsNames: [] }, ""],
    ["commonName of 65 bytes", { commonName: "a".repeat(65) }, "commonName"],
    ["commonName beside literalSubject", { commonName: "a", literalSubject: "CN=b" }, "commonName"],
    ["RSA 1024", { privateKey: { size: 1024 } }, "privateKey.size"],
    ["ECDSA 2048", { privateKey: { algorithm: "ECDSA", size: 2048 } }, "privateKey.size"],
    ["an unknown algorithm", { privateKey: { algorithm: "DSA" } }, "privateKey.algorithm"],
    [
      "an unknown policy",
      { privateKey: { rotationPolicy: "Sometimes" } },
      "privateKey.rotationPolicy",
    ],
    ["a signature of another key", { signatureAlgorithm: "ECDSAWithSHA256" }, "signatureAlgorithm"],
    ["a duration under an hour", { duration: "30m" }, "duration"],
    ["days", { duration: "90d" }, "duration"],
    ["renewBefore under 5m", { renewBefore: "4m" }, "renewBefore"],
    ["renewBefore over the duration", { duration: "24h", renewBefore: "24h" }, "renewBefore"],
    ["renewBefore over the default duration", { renewBefore: "2160h" }, "renewBefore"],
    ["both", { renewBefore: "1h", renewBeforePercentage: 10 }, "renewBeforePercentage"],
    ["an unknown usage", { usages: ["server-auth"] }, "usages.0"],
    ["no history", { revisionHistoryLimit: 0 }, "revisionHistoryLimit"],
    [
      "a reserved annotation",
      { secretTemplate: { annotations: { "cert-manager.io/x": "y" } } },
      "secretTemplate.annotations.cert-manager.io/x",
    ],
    ["constraints without isCA", { nameConstraints: { permitted: {} } }, "nameConstraints"],
    [
      "a format twice",
      { additionalOutputFormats: [{ type: "DER" }, { type: "DER" }] },
      "additionalOutputFormats",
    ],
    ["no address", { ipAddresses: ["10.0.0.256"] }, "ipAddresses.0"],
    ["a field of v1alpha2", { keySize: 2048 }, "keySize"],
    ["a misspelt field", { dnsName: ["x"] }, "dnsName"],
    ["a wrong type", { isCA: "true" }, "isCA"],
    ["another wrong type", { dnsNames: "x" }, "dnsNames"],
  ])("refuses %s", (_what, spec, where) => {
    expect(steps(certificateSpecProblems({ spec: { ...good, ...spec } }))).toContain(where);
  });

  it("says what took the place of an old field", () => {
    expect(
      certificateSpecProblems({ spec: { ...good, keyAlgorithm: "rsa" } })[0]?.message,
    ).toContain("privateKey.algorithm");
  });
});

describe("cert-manager internal/apis/certmanager/validation/issuer.go", () => {
  it.each([
    ["selfSigned", { selfSigned: {} }],
    ["ca", { ca: { secretName: "x" } }],
    [
      "acme",
      {
        acme: {
          server: "https://x",
          privateKeySecretRef: { name: "k" },
          solvers: [{ http01: { ingress: {} } }],
        },
      },
    ],
    [
      "vault",
      {
        vault: { server: "https://v", path: "pki/sign/x", auth: { tokenSecretRef: { name: "t" } } },
      },
    ],
    ["venafi", { venafi: { zone: "z", cloud: {} } }],
  ])("takes %s", (_what, spec) => {
    expect(issuerSpecProblems({ spec })).toEqual([]);
  });

  it.each([
    ["nothing", {}, ""],
    ["two types", { selfSigned: {}, ca: { secretName: "x" } }, "selfSigned"],
    ["another case", { selfsigned: {} }, "selfsigned"],
    ["no secret", { ca: {} }, "ca.secretName"],
    ["no server", { acme: { privateKeySecretRef: { name: "k" } } }, "acme.server"],
    ["no account key", { acme: { server: "x" } }, "acme.privateKeySecretRef.name"],
    [
      "a solver without type",
      { acme: { server: "x", privateKeySecretRef: { name: "k" }, solvers: [{}] } },
      "acme.solvers.0",
    ],
    [
      "a solver of two types",
      {
        acme: {
          server: "x",
          privateKeySecretRef: { name: "k" },
          solvers: [{ http01: {}, dns01: {} }],
        },
      },
      "acme.solvers.0",
    ],
    [
      "DNS-01 without a provider",
      {
        acme: { server: "https://x", privateKeySecretRef: { name: "k" }, solvers: [{ dns01: {} }] },
      },
      "acme.solvers.0.dns01",
    ],
    [
      "Cloud DNS without a project",
      {
        acme: {
          server: "https://x",
          privateKeySecretRef: { name: "k" },
          solvers: [{ dns01: { cloudDNS: {} } }],
        },
      },
      "acme.solvers.0.dns01.cloudDNS.project",
    ],
    ["no path", { vault: { server: "v", auth: { appRole: {} } } }, "vault.path"],
    ["no auth", { vault: { server: "v", path: "p" } }, "vault.auth"],
    ["no zone", { venafi: { tpp: { url: "u" } } }, "venafi.zone"],
    ["no service", { venafi: { zone: "z" } }, "venafi"],
    ["no mapping", { ca: "x" }, "ca"],
  ])("refuses %s", (_what, spec, where) => {
    expect(steps(issuerSpecProblems({ spec }))).toContain(where);
  });

  it("refuses a missing spec", () => expect(issuerSpecProblems({})).toHaveLength(1));
});

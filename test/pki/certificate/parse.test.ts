import { describe, expect, it } from "vitest";
import { parseCertificate } from "../../../src/pki/certificate/parse.ts";
import {
  keyOf,
  nameBytes,
  subjectKeyIdOf,
  symbolicCertificate,
  symbolicKey,
} from "../../../src/pki/certificate/symbolic.ts";
import { encodeName } from "../../../src/pki/certificate/encode.ts";
import { readPem } from "../../../src/pki/pem/read.ts";
import { address, ca, leaf, pem } from "../../support/pki/issue.ts";
import { otherKey } from "../../support/pki/key.ts";

const year = { notBefore: new Date("2026-01-01"), notAfter: new Date("2027-01-01") };

describe("certificates", () => {
  it("reads what is in them", () => {
    const root = ca({
      subject: [
        ["O", "Shop, Inc."],
        ["CN", "knative.dev"],
      ],
      key: "root",
      until: "2036-01-01T00:00:00Z",
      basicConstraints: { isCA: true, pathLength: 1 },
      nameConstraints: {
        permitted: {
          dns: ["cluster.local"],
          ip: [{ ip: address("10.0.0.0"), mask: address("255.0.0.0") }],
        },
        excluded: { email: ["example.com"], uri: [".example.com"] },
      },
    });
    const { certificate } = leaf(root, {
      dns: ["a.example"],
      ip: ["10.0.0.7", "::1"],
      uri: ["spiffe://cluster.local/ns/shop"],
      email: ["ops@example.com"],
    });
    expect(root.certificate).toMatchObject({
      version: 3,
      subject: { text: "CN=knative.dev,O=Shop\\, Inc.", commonName: "knative.dev" },
      notAfter: new Date("2036-01-01"),
      basicConstraints: { isCA: true, pathLength: 1, critical: true },
      keyUsage: ["digitalSignature", "keyCertSign", "cRLSign"],
      extKeyUsage: undefined,
      authorityKeyId: undefined,
      unhandledCritical: [],
      publicKey: { algorithm: "ECDSA", curve: "P-256" },
      nameConstraints: {
        critical: true,
        permitted: { dns: ["cluster.local"], ip: [{ ip: address("10.0.0.0") }] },
        excluded: { email: ["example.com"], uri: [".example.com"] },
      },
    });
    expect(certificate).toMatchObject({
      subject: { text: "", commonName: undefined },
      issuer: { key: root.certificate.subject.key },
      authorityKeyId: root.certificate.subjectKeyId,
      subjectKeyId: undefined,
      extKeyUsage: ["serverAuth"],
      names: {
        dns: ["a.example"],
        ip: [address("10.0.0.7"), address("::1")],
        uri: [{ text: "spiffe://cluster.local/ns/shop", host: "cluster.local" }],
        email: ["ops@example.com"],
      },
      signature: { kind: "bytes", algorithm: { name: "ECDSA-SHA256" } },
    });
  });

  it.each([
    ["RSA", 2048],
    ["ECDSA", "P-224"],
    ["ECDSA", "P-384"],
    ["ECDSA", "P-521"],
    ["Ed25519", "ed25519"],
  ] as const)("reads keys: %s %s", (algorithm, kind) => {
    const { certificate } = ca({ key: otherKey(kind, "kinds") });
    expect(certificate.publicKey.algorithm).toBe(algorithm);
  });

  it("parses each once, and says why another is none", () => {
    const { certificate } = ca();
    const again = parseCertificate(Uint8Array.from(certificate.raw));
    expect(again.ok && again.certificate).toBe(certificate);
    const trailing = Buffer.concat([certificate.raw, Uint8Array.of(0)]);
    expect(parseCertificate(trailing)).toEqual({ ok: false, why: "trailing data" });
    expect(parseCertificate(new Uint8Array(5_000_000))).toEqual({
      ok: false,
      why: "larger than 4 MiB",
    });
    expect(parseCertificate(new Uint8Array())).toEqual({ ok: false, why: "malformed certificate" });
  });
});

describe("symbolic certificates", () => {
  const key = symbolicKey("ca/2");
  const subject = encodeName([["CN", "knative.dev"]]);
  const fields = {
    subject,
    issuer: subject,
    serial: 7n,
    ...year,
    basicConstraints: { isCA: true },
  };

  it("are deterministic, and come back from their PEM as themselves", () => {
    const one = symbolicCertificate(fields, key, key.id);
    const two = symbolicCertificate(fields, symbolicKey("ca/2"), key.id);
    expect(two.fingerprint).toBe(one.fingerprint);
    const [block] = readPem(pem(one.raw)).blocks;
    const read = parseCertificate(block?.bytes ?? new Uint8Array());
    expect(read.ok && read.certificate).toMatchObject({
      keyId: "symbolic:ca/2",
      signature: { kind: "symbolic", signer: "symbolic:ca/2" },
      subject: { text: "CN=knative.dev" },
      basicConstraints: { isCA: true },
      ...year,
    });
  });

  it("take over real keys and names", () => {
    const old = ca();
    const again = symbolicCertificate(
      { ...fields, subject: nameBytes(old.certificate.subject) },
      keyOf(old.certificate),
      old.certificate.keyId,
    );
    expect(again.keyId).toBe(old.certificate.keyId);
    expect(again.subject).toEqual(old.certificate.subject);
    expect(subjectKeyIdOf(keyOf(again), "sha1")).toBe(old.certificate.subjectKeyId);
    expect(subjectKeyIdOf(keyOf(again), "sha256")).not.toBe(old.certificate.subjectKeyId);
  });
});

import { describe, expect, it } from "vitest";
import type { Certificate } from "../../../src/pki/certificate/certificate.ts";
import { encodeName } from "../../../src/pki/certificate/encode.ts";
import {
  keyOf,
  nameBytes,
  subjectKeyIdOf,
  symbolicCertificate,
  symbolicKey,
} from "../../../src/pki/certificate/symbolic.ts";
import { integer, oid, sequence } from "../../../src/pki/der/write.ts";
import { goVerify, type GoQuestion } from "../../../src/pki/verify/go.ts";
import { makePool } from "../../../src/pki/verify/pool.ts";
import { address, ca, leaf, type Issued } from "../../support/pki/issue.ts";
import { otherKey } from "../../support/pki/key.ts";

const now = new Date("2026-06-01T00:00:00Z");
const name = "data-plane.knative.dev";

interface Asked extends Partial<Omit<GoQuestion, "roots" | "intermediates">> {
  readonly served?: readonly Issued[];
}

function ask(of: Issued, trusted: readonly Issued[], { served = [], ...rest }: Asked = {}) {
  return goVerify(of.certificate, {
    roots: makePool(trusted.map(({ certificate }) => certificate)),
    intermediates: makePool(served.map(({ certificate }) => certificate)),
    now,
    dnsName: name,
    ...rest,
  });
}

/** "ok", or code and reason. */
function says(...question: Parameters<typeof ask>): string {
  const verdict = ask(...question);
  return verdict.ok ? "ok" : `${verdict.code}: ${verdict.why}`;
}

const root = ca();
const rekeyed = ca({ key: "new" });
const short = { until: "2026-03-01T00:00:00Z" };

describe("a CA with the same subject and another key", () => {
  const old = leaf(root);
  const fresh = leaf(rekeyed);

  it("is no problem when both are trusted", () => {
    expect([old, fresh].map((one) => says(one, [root, rekeyed]))).toEqual(["ok", "ok"]);
  });

  it("breaks what the other one signed when only one is", () => {
    expect(says(fresh, [root])).toMatch(
      /^unknown-authority: .*"CN=knative.dev" its key did not make the signature/,
    );
    expect(says(old, [rekeyed])).toMatch(/^unknown-authority/);
  });

  it("is trusted through a certificate that the old key signed", () => {
    const link = ca({ key: "new" }, root);
    expect(says(fresh, [root], { served: [link] })).toBe("ok");
  });

  it("tells whom it tried", () => {
    const { tried } = ask(fresh, [root, rekeyed]);
    expect(
      tried.map(({ path, role, problem }) => [path.at(-1)?.keyId, role, problem?.code]),
    ).toEqual([
      [rekeyed.certificate.keyId, "anchor", undefined],
      [root.certificate.keyId, "anchor", "unknown-authority"],
    ]);
  });
});

describe("a CA with the same key", () => {
  const again = ca({ subjectKeyId: "00".repeat(20), until: "2030-01-01T00:00:00Z" });

  it("does not need the same key identifier", () => {
    expect(says(leaf(root), [again])).toBe("ok");
  });

  it("stands in for its expired predecessor", () => {
    expect(says(leaf(root), [ca(short), again])).toBe("ok");
  });
});

describe("until", () => {
  const long = { until: "2030-01-01T00:00:00Z" };

  it("is when the first certificate of the chain expires", () => {
    const verdict = ask(leaf(root, long), [root]);
    expect(verdict.ok && verdict.until).toEqual(root.certificate.notAfter);
  });

  it("is that of the chain that lasts longest", () => {
    const verdict = ask(leaf(root, long), [root, ca({ until: "2028-01-01T00:00:00Z" })]);
    expect(verdict.ok && verdict.until).toEqual(new Date("2028-01-01"));
    expect(verdict.ok && verdict.chains).toHaveLength(2);
  });

  it("is the last instant itself", () => {
    const one = leaf(root);
    expect(says(one, [root], { now: one.certificate.notAfter })).toBe("ok");
    expect(says(one, [root], { now: new Date(one.certificate.notAfter.getTime() + 1) })).toBe(
      'expired: "kn-user-shop" expired on 2027-01-01T00:00:00Z',
    );
  });
});

describe("anchors", () => {
  it("may be the leaf itself, whoever signed it", () => {
    const pinned = leaf(rekeyed);
    expect(says(pinned, [pinned])).toBe("ok");
  });

  it("may be an intermediate alone", () => {
    const between = ca({ subject: "between" }, root);
    expect(says(leaf(between), [between])).toBe("ok");
  });

  it.each<readonly [string, Issued]>([
    ["of version 1", ca({ version: 1 })],
    ["one whose own signature is wrong", ca({ badSignature: true })],
  ])("may be %s", (_, trusted) => {
    expect(says(leaf(trusted), [trusted])).toBe("ok");
  });

  it.each<readonly [string, Issued, RegExp]>([
    ["expired", ca(short), /^expired: "CN=knative.dev" expired on 2026-03-01T00:00:00Z$/],
    [
      "not yet valid",
      ca({ from: "2026-07-01T00:00:00Z" }),
      /^not-yet-valid: "CN=knative.dev" is not valid before/,
    ],
    ["no CA", ca({ basicConstraints: { isCA: false } }), /unknown-authority.*is no CA/],
    [
      "without keyCertSign",
      ca({ keyUsage: ["digitalSignature"] }),
      /unknown-authority.*lacks keyCertSign/,
    ],
    [
      "for clients only",
      ca({ extKeyUsage: ["clientAuth"] }),
      /^usage: "CN=knative.dev" does not allow serverAuth/,
    ],
    [
      "with a critical extension of its own",
      ca({ more: [{ oid: "1.2.3.4", critical: true, value: sequence() }] }),
      /^not-supported: .*1\.2\.3\.4/,
    ],
  ])("must not be %s", (_, trusted, expected) => {
    expect(says(leaf(trusted), [trusted])).toMatch(expected);
  });

  it("must have the subject byte for byte", () => {
    const other = ca({ subject: "KNATIVE.dev", key: "knative.dev" });
    expect(says(leaf(root), [other])).toMatch(
      /nothing trusted or served has the subject "CN=knative.dev"$/,
    );
  });

  it("must not be more than Go looks at", () => {
    const many = Array.from({ length: 120 }, (_, i) =>
      ca({ key: `many ${String(i)}`, subjectKeyId: null }),
    );
    const last = many.at(-1) ?? root;
    expect(says(leaf(last), many)).toMatch(/Go gives up after looking at 100/);
    expect(says(leaf(root), [...many, root])).toBe("ok");
  });
});

describe("limits", () => {
  const strict = ca({ basicConstraints: { isCA: true, pathLength: 0 } });
  const below = ca({ subject: "below" }, strict);

  it("count what stands between", () => {
    expect(says(leaf(strict), [strict])).toBe("ok");
    expect(says(leaf(below), [strict], { served: [below] })).toMatch(
      /constraint: .*allows 0 intermediate certificates/,
    );
  });

  it.each(["1.25", "1.26"] as const)(
    "hold for every name of a leaf, not only for the one asked for (Go %s)",
    (profile) => {
      const constrained = ca({ nameConstraints: { permitted: { dns: ["knative.dev"] } } });
      expect(says(leaf(constrained, { dns: [name] }), [constrained], { profile })).toBe("ok");
      expect(says(leaf(constrained), [constrained], { profile })).toBe(
        'constraint: "CN=knative.dev" does not permit DNS name "kn-user-shop" by its name constraints',
      );
    },
  );

  it("of addresses leave other names alone", () => {
    const range = { ip: address("10.0.0.0"), mask: address("255.0.0.0") };
    const constrained = ca({ nameConstraints: { excluded: { ip: [range] } } });
    expect(says(leaf(constrained), [constrained])).toBe("ok");
    expect(says(leaf(constrained, { ip: ["10.1.1.1"], dns: [name] }), [constrained])).toMatch(
      /excludes IP address "10.1.1.1"/,
    );
  });
});

describe("names", () => {
  it.each([
    [["data-plane.knative.dev"], "DATA-plane.knative.dev.", true],
    [["*.knative.dev"], "data-plane.knative.dev", true],
    [["*.knative.dev"], "a.b.knative.dev", false],
    [["*"], "a", false],
    [["10.0.0.7"], "10.0.0.7", false],
    [["a_b.example"], "a_b.example", true],
    [["a.example."], "a.example", false],
    [["a.example."], "a.example.", true],
    [["bad name"], "BAD name", true],
    [[], "a.example", false],
  ])("%j for %s: %s", (dns, dnsName, expected) => {
    expect(
      says(leaf(root, { dns }), [root], { dnsName }).startsWith(expected ? "ok" : "name"),
    ).toBe(true);
  });

  it("tell of a common name that does not count", () => {
    const old = leaf(root, { subject: "a.example", dns: [] });
    expect(says(old, [root], { dnsName: "a.example" })).toMatch(
      /common name only, which does not count/,
    );
  });

  it("are not checked when none is asked for", () => {
    const { certificate } = leaf(root, { dns: ["x"] });
    expect(goVerify(certificate, { roots: makePool([root.certificate]), now }).ok).toBe(true);
  });
});

describe("signatures", () => {
  it.each(["ed25519", "P-224", "P-384", "P-521", 2048] as const)("of a key of kind %s", (kind) => {
    const signer = ca({ key: otherKey(kind, "signer") });
    expect(says(leaf(signer), [signer])).toBe("ok");
    expect(says(leaf(signer, { badSignature: true }), [signer])).toMatch(
      /did not make the signature/,
    );
  });

  it("are not made with SHA-1", () => {
    expect(says(leaf(root, { hash: "sha1" }), [root])).toMatch(/ECDSA-SHA1 is insecure/);
  });

  it("are not made with short keys", () => {
    const weak = ca({ key: otherKey(1000, "weak") });
    expect(says(leaf(weak), [weak])).toMatch(/too short \(RSA 1000\)/);
  });
});

describe("policies", () => {
  const one = { oid: "2.5.29.32", critical: false, value: sequence(sequence(oid("1.2.3"))) };
  const required = {
    oid: "2.5.29.36",
    critical: true,
    value: sequence(Uint8Array.of(0x80, ...integer(0n).subarray(1))),
  };
  const above = ca({ subject: "above", more: [one, required] }, root);

  it("are needed where a CA requires them", () => {
    const trusted = { served: [above] };
    expect(says(leaf(above, { more: [one] }), [root], trusted)).toBe("ok");
    expect(says(leaf(above), [root], trusted)).toMatch(/constraint: .*certificate policies/);
  });
});

describe("certificates of the future", () => {
  const year = { notBefore: new Date("2026-01-01"), notAfter: new Date("2027-01-01") };
  const newKey = symbolicKey("ca/2");
  const subject = encodeName([["CN", "knative.dev"]]);
  const future = symbolicCertificate(
    {
      subject,
      issuer: subject,
      serial: 1n,
      ...year,
      basicConstraints: { isCA: true },
      subjectKeyId: subjectKeyIdOf(newKey, "sha256"),
    },
    newKey,
    newKey.id,
  );
  const futureLeaf = (signer: Certificate) =>
    symbolicCertificate(
      {
        subject: encodeName([]),
        issuer: nameBytes(signer.subject),
        serial: 2n,
        ...year,
        dns: [name],
      },
      symbolicKey("leaf"),
      signer.keyId,
    );

  it.each<readonly [string, Certificate, Certificate, boolean]>([
    ["of a new CA, trusted", futureLeaf(future), future, true],
    ["of a new CA, not trusted", futureLeaf(future), root.certificate, false],
    ["of a CA that exists", futureLeaf(root.certificate), root.certificate, true],
    ["that exists, under a new CA", leaf(root).certificate, future, false],
    [
      "that exists, under its CA issued again with its key",
      leaf(root).certificate,
      symbolicCertificate(
        { subject, issuer: subject, serial: 3n, ...year, basicConstraints: { isCA: true } },
        keyOf(root.certificate),
        root.certificate.keyId,
      ),
      true,
    ],
  ])("one %s", (_, of, trusted, expected) => {
    expect(goVerify(of, { roots: makePool([trusted]), now, dnsName: name }).ok).toBe(expected);
  });
});

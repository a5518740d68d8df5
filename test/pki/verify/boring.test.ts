import { describe, expect, it } from "vitest";
import { sequence } from "../../../src/pki/der/write.ts";
import { boringVerify } from "../../../src/pki/verify/boring.ts";
import { goHandshake } from "../../../src/pki/verify/go.ts";
import { makePool } from "../../../src/pki/verify/pool.ts";
import { ca, leaf, type Issued } from "../../support/pki/issue.ts";
import { otherKey } from "../../support/pki/key.ts";

const now = new Date("2026-06-01T00:00:00Z");
const anyName = ["kn-routing", "kn-user-shop"];

interface Case {
  readonly name: string;
  readonly leaf: Issued;
  readonly trusted: readonly Issued[];
  readonly served?: readonly Issued[];
  readonly go: string;
  readonly boring: string;
}

const root = ca();
const rekeyed = ca({ key: "new" });
const sameKey = ca({ subjectKeyId: "00".repeat(20) });
const between = ca({ subject: "between" }, root);
const anonymous = ca({ subjectKeyId: null });
const anonymousNew = ca({ key: "new", subjectKeyId: null });
const expired = ca({ until: "2026-03-01T00:00:00Z" });
const own = { oid: "1.2.3.4", critical: true, value: sequence() };
const link = ca({ key: "new" }, root);
const pathLength = { isCA: true, pathLength: 0 };

function row(
  name: string,
  of: Issued,
  trusted: readonly Issued[],
  go: string,
  boring: string,
  served?: readonly Issued[],
): Case {
  return { name, leaf: of, trusted, go, boring, ...(served ? { served } : {}) };
}

const good = leaf(root);
const rsaRoot = ca({ key: otherKey(2048, "root") });

/** A leaf whose key is of this kind, and what comes of a TLS 1.3 handshake with it. */
function keyed(kind: Parameters<typeof otherKey>[0], go: string, boring: string): Case {
  return row(
    `a ${String(kind)} key`,
    leaf(root, { key: otherKey(kind, "leaf") }),
    [root],
    go,
    boring,
  );
}

const cases: readonly Case[] = [
  row("its CA", good, [root], "ok", "ok"),
  keyed(1024, "ok", "ok"),
  keyed("P-384", "ok", "ok"),
  keyed("P-521", "ok", "not-supported"),
  keyed("ed25519", "ok", "not-supported"),
  keyed("P-224", "not-supported", "not-supported"),
  row("MD5", leaf(rsaRoot, { hash: "md5" }), [rsaRoot], "unknown-authority", "unknown-authority"),
  row("both CAs of one subject", leaf(rekeyed), [root, rekeyed], "ok", "ok"),
  row(
    "only the other CA of the subject",
    leaf(rekeyed),
    [root],
    "unknown-authority",
    "unknown-authority",
  ),
  row(
    "the CA issued again with its key and another key identifier",
    good,
    [sameKey],
    "ok",
    "unknown-authority",
  ),
  row(
    "both CAs of one subject, no key identifiers, the right one first",
    leaf(anonymousNew),
    [anonymousNew, anonymous],
    "ok",
    "ok",
  ),
  row(
    "both CAs of one subject, no key identifiers, the right one second",
    leaf(anonymousNew),
    [anonymous, anonymousNew],
    "ok",
    "unknown-authority",
  ),
  row("an intermediate as anchor", leaf(between), [between], "ok", "ok"),
  row("the root, with the intermediate served", leaf(between), [root], "ok", "ok", [between]),
  row(
    "the root, with the intermediate missing",
    leaf(between),
    [root],
    "unknown-authority",
    "unknown-authority",
  ),
  row("the leaf itself", good, [good], "ok", "ok"),
  row("an expired CA", good, [expired], "expired", "expired"),
  row("an expired CA before a good one with its key", good, [expired, root], "ok", "expired"),
  row("an expired CA behind a good one with its key", good, [root, expired], "ok", "ok"),
  row("a certificate between the two keys of the CA", leaf(rekeyed), [root], "ok", "ok", [link]),
  row(
    "a CA for clients only",
    leaf(ca({ extKeyUsage: ["clientAuth"] })),
    [ca({ extKeyUsage: ["clientAuth"] })],
    "usage",
    "ok",
  ),
  row(
    "a CA with a critical extension of its own",
    leaf(ca({ more: [own] })),
    [ca({ more: [own] })],
    "not-supported",
    "ok",
  ),
  row(
    "a CA whose subject differs in case",
    good,
    [ca({ subject: "KNATIVE.dev", key: "ca" })],
    "unknown-authority",
    "ok",
  ),
  row(
    "a CA that is none",
    leaf(ca({ basicConstraints: { isCA: false } })),
    [ca({ basicConstraints: { isCA: false } })],
    "unknown-authority",
    "ok",
  ),
  row(
    "a CA whose path length is exceeded",
    leaf(ca({ subject: "below" }, ca({ basicConstraints: pathLength }))),
    [ca({ basicConstraints: pathLength })],
    "constraint",
    "ok",
    [ca({ subject: "below" }, ca({ basicConstraints: pathLength }))],
  ),
  row(
    "a CA that permits other names",
    leaf(ca({ nameConstraints: { permitted: { dns: ["x"] } } })),
    [ca({ nameConstraints: { permitted: { dns: ["x"] } } })],
    "constraint",
    "constraint",
  ),
  row("a leaf signed with SHA-1", leaf(root, { hash: "sha1" }), [root], "unknown-authority", "ok"),
  row(
    "a leaf without digitalSignature",
    leaf(root, { keyUsage: ["keyEncipherment"] }),
    [root],
    "ok",
    "usage",
  ),
  row(
    "a leaf for clients only",
    leaf(root, { extKeyUsage: ["clientAuth"] }),
    [root],
    "usage",
    "usage",
  ),
  row("a leaf for any usage", leaf(root, { extKeyUsage: ["any"] }), [root], "ok", "usage"),
  row(
    "a leaf with a path length",
    leaf(root, { basicConstraints: { isCA: false, pathLength: 0 } }),
    [root],
    "ok",
    "not-supported",
  ),
  row("a leaf of another namespace", leaf(root, { dns: ["kn-user-other"] }), [root], "ok", "name"),
  row(
    "a leaf whose name differs in case",
    leaf(root, { dns: ["KN-user-shop"] }),
    [root],
    "ok",
    "ok",
  ),
  row(
    "a leaf signed by itself that is not trusted",
    ca({ dns: anyName, key: "self" }),
    [root],
    "unknown-authority",
    "unknown-authority",
  ),
];

describe("Go and BoringSSL", () => {
  it.each(cases.map((one) => [one.name, one] as const))("%s", (_, one) => {
    const trusted = makePool(one.trusted.map(({ certificate }) => certificate));
    const served = (one.served ?? []).map(({ certificate }) => certificate);
    const go = goHandshake(one.leaf.certificate, {
      roots: trusted,
      intermediates: makePool(served),
      now,
    });
    const boring = boringVerify(one.leaf.certificate, { trusted, served, anyName, now });
    const said = [go, boring].map((verdict) => (verdict.ok ? "ok" : verdict.code));
    expect(said).toEqual([one.go, one.boring]);
  });

  it("differ at the last instant", () => {
    const { certificate } = good;
    const trusted = makePool([root.certificate]);
    const atEnd = { now: certificate.notAfter };
    expect(goHandshake(certificate, { roots: trusted, ...atEnd }).ok).toBe(true);
    expect(boringVerify(certificate, { trusted, ...atEnd }).ok).toBe(false);
  });
});

describe("a verdict of BoringSSL", () => {
  it("tells why, and of every candidate", () => {
    const verdict = boringVerify(good.certificate, {
      trusted: makePool([sameKey.certificate, rekeyed.certificate]),
      now,
    });
    expect(verdict.ok ? "" : verdict.why).toMatch(
      /^"kn-user-shop" is signed by "CN=knative.dev"; the trust store has such a certificate, but it has the subject key identifier 0+/,
    );
    expect(verdict.tried.map(({ problem }) => problem?.code)).toEqual([
      "unknown-authority",
      "unknown-authority",
      "unknown-authority",
    ]);
  });

  it("holds until the first certificate of its chain expires", () => {
    const long = leaf(root, { until: "2030-01-01T00:00:00Z" });
    const verdict = boringVerify(long.certificate, { trusted: makePool([root.certificate]), now });
    expect(verdict.ok && verdict.until).toEqual(root.certificate.notAfter);
  });
});

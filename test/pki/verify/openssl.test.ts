import { describe, expect, it } from "vitest";
import { goVerify } from "../../../src/pki/verify/go.ts";
import { opensslVerify } from "../../../src/pki/verify/openssl.ts";
import { makePool } from "../../../src/pki/verify/pool.ts";
import { askOpenssl, opensslVersion } from "../../conformance/openssl.ts";
import { ca, leaf, type Issued } from "../../support/pki/issue.ts";

const now = new Date("2026-06-01T00:00:00Z");
const old = ca();
const rekeyed = ca({ key: "new" });
const link = ca({ key: "new" }, old);
const sameKey = ca({ subjectKeyId: "00".repeat(20) });
const oldAnonymous = ca({ subjectKeyId: null });
const newAnonymous = ca({ key: "new", subjectKeyId: null });
const between = ca({ subject: "between" }, old);
const pinned = leaf(old);

interface Row {
  readonly name: string;
  readonly leaf: Issued;
  readonly trusted: readonly Issued[];
  readonly served?: readonly Issued[];
  readonly go: string;
  readonly openssl: string;
}

const ok = { go: "ok", openssl: "ok" };
const unknown = { go: "unknown-authority", openssl: "unknown-authority" };
const onlyGo = { go: "ok", openssl: "unknown-authority" };

const rows: readonly Row[] = [
  { name: "both CAs, old leaf", leaf: leaf(old), trusted: [old, rekeyed], ...ok },
  { name: "both CAs, new leaf", leaf: leaf(rekeyed), trusted: [old, rekeyed], ...ok },
  { name: "only the old CA, old leaf", leaf: leaf(old), trusted: [old], ...ok },
  { name: "only the old CA, new leaf", leaf: leaf(rekeyed), trusted: [old], ...unknown },
  { name: "only the new CA, old leaf", leaf: leaf(old), trusted: [rekeyed], ...unknown },
  { name: "only the new CA, new leaf", leaf: leaf(rekeyed), trusted: [rekeyed], ...ok },
  {
    name: "only the old CA, new leaf, cross-signed",
    leaf: leaf(rekeyed),
    trusted: [old],
    served: [link],
    ...ok,
  },
  { name: "key kept, key identifier changed", leaf: leaf(old), trusted: [sameKey], ...onlyGo },
  {
    name: "key kept, key identifier changed, both",
    leaf: leaf(old),
    trusted: [sameKey, old],
    ...ok,
  },
  {
    name: "both CAs without key identifiers, the right one first",
    leaf: leaf(newAnonymous),
    trusted: [newAnonymous, oldAnonymous],
    ...ok,
  },
  { name: "only an intermediate", leaf: leaf(between), trusted: [between], ...onlyGo },
  { name: "only the leaf", leaf: pinned, trusted: [pinned], ...onlyGo },
  {
    name: "an expired CA beside a good one",
    leaf: leaf(old),
    trusted: [ca({ until: "2026-03-01T00:00:00Z" }), old],
    ...ok,
  },
  {
    name: "a CA for clients only",
    leaf: leaf(ca({ extKeyUsage: ["clientAuth"] })),
    trusted: [ca({ extKeyUsage: ["clientAuth"] })],
    go: "usage",
    openssl: "usage",
  },
];

describe("a CA of one subject, for Go and for OpenSSL", () => {
  it.each(rows.map((row) => [row.name, row] as const))("%s", (_, row) => {
    const trusted = row.trusted.map(({ certificate }) => certificate);
    const served = (row.served ?? []).map(({ certificate }) => certificate);
    const { certificate } = row.leaf;
    const go = goVerify(certificate, {
      roots: makePool(trusted),
      intermediates: makePool(served),
      now,
    });
    const openssl = opensslVerify(certificate, { trusted: makePool(trusted), served, now });
    expect([go, openssl].map((verdict) => (verdict.ok ? "ok" : verdict.code))).toEqual([
      row.go,
      row.openssl,
    ]);
    if (opensslVersion === undefined) return;
    expect(askOpenssl(certificate, trusted, served, now) === "").toBe(row.openssl === "ok");
  });

  it(`is checked against the real thing: ${opensslVersion ?? "skipped, there is no OpenSSL 3 here"}`, () => {
    expect(rows.length).toBeGreaterThan(10);
  });

  it("tells which key identifier OpenSSL asks for", () => {
    const verdict = opensslVerify(leaf(old).certificate, {
      trusted: makePool([sameKey.certificate]),
      now,
    });
    expect(verdict.ok ? "" : verdict.why).toMatch(
      /is signed by "CN=knative.dev", and what the trust store has of that name has the subject key identifier 0+/,
    );
  });
});

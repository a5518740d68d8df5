import { describe, expect, it } from "vitest";
import { ca, leaf } from "../support/pki/issue.ts";
import { toQueueProxy } from "../support/trust-world.ts";

/** Without key identifiers Envoy cannot tell apart what has the same name: the first one in its list counts. */
const right = ca({ subject: "knative-ca", subjectKeyId: null });
const wrong = ca({ subject: "knative-ca", subjectKeyId: null, key: "wrong" });
const other = ca({ subject: "other", key: "other" });

function verdicts(bundles: readonly Readonly<Record<string, string>>[]) {
  const rows = toQueueProxy({ presented: [leaf(right)], bundles });
  return [rows.get("activator")?.verdict, rows.get("kourier-gateway")?.verdict];
}

describe("bundles that net-kourier puts together in no order", () => {
  it("leave open what depends on it", () => {
    expect(verdicts([{ a: right.pem }, { a: wrong.pem }])).toEqual(["holds", "unknown"]);
  });

  it("do so with one that is neither first nor last", () => {
    const three = [{ a: right.pem }, { a: wrong.pem }, { a: right.pem + other.pem }];
    expect(verdicts(three)).toEqual(["holds", "unknown"]);
  });

  it("and with the keys of one ConfigMap", () => {
    expect(verdicts([{ a: right.pem, b: wrong.pem, c: right.pem }])).toEqual(["holds", "unknown"]);
  });

  it("and with another spelling of the name", () => {
    const spelt = ca({ subject: "KNATIVE-CA", subjectKeyId: null, key: "wrong" });
    expect(verdicts([{ a: right.pem }, { a: spelt.pem }])).toEqual(["holds", "unknown"]);
  });

  it("say nothing about the order within a key", () => {
    expect(verdicts([{ a: right.pem + wrong.pem }])).toEqual(["holds", "holds"]);
    expect(verdicts([{ a: wrong.pem + right.pem }])).toEqual(["holds", "fails"]);
  });

  it("come behind ca.crt", () => {
    const rows = toQueueProxy({
      presented: [leaf(right)],
      caCrt: right.pem,
      bundles: [{ a: wrong.pem }, { a: right.pem }],
    });
    expect(rows.get("kourier-gateway")?.verdict).toBe("holds");
  });
});

it("holds until it ends in the first of the orders", () => {
  const soon = ca({ subject: "knative-ca", subjectKeyId: null, until: "2026-07-01T00:00:00Z" });
  for (const bundles of [
    [{ a: right.pem }, { a: soon.pem }],
    [{ a: soon.pem }, { a: right.pem }],
  ]) {
    const rows = toQueueProxy({ presented: [leaf(right)], bundles });
    expect(rows.get("kourier-gateway")?.until).toBe("2026-07-01T00:00:00Z");
    expect(rows.get("activator")?.until).toBe("2027-01-01T00:00:00Z");
  }
});

import { describe, expect, it } from "vitest";
import { isRoot } from "../../src/rule/finding.ts";
import { analyzed } from "../support/analyze.ts";
import type { JsonObject } from "../../src/model/json.ts";
import { inventory, object } from "../support/objects.ts";
import { ca, leaf } from "../support/pki/issue.ts";
import { root, trustNow, trustObjects, type TrustWorld } from "../support/trust-world.ts";

const other = ca({ subject: "other" });
const expired = ca({ subject: "knative-ca", until: "2026-05-01T00:00:00Z" });
const fault = "KC505 error, breaks a handshake";
const expiredLeaf = leaf(root, { until: "2026-05-01T00:00:00Z" });

function named(...dns: readonly string[]): TrustWorld {
  return { presented: [leaf(root, { dns })] };
}

/** Roots among errors and warnings, and whether a failing handshake (KC501) follows from one. */
function judged(world: TrustWorld): string {
  const { findings, crashes } = analyzed([inventory(trustObjects(world))], {
    now: trustNow,
    select: [
      "KC304",
      "KC309",
      "KC316",
      "KC501",
      "KC503",
      "KC504",
      "KC505",
      "KC506",
      "KC508",
      "KC509",
    ],
  });
  expect(crashes).toEqual([]);
  const roots = findings.filter((finding) => isRoot(finding) && finding.severity !== "info");
  const follows = findings.some((finding) => finding.code === "KC501" && !isRoot(finding));
  const said = roots.map(({ code, severity }) => `${code} ${severity}`).toSorted();
  return [...new Set(said), ...(follows ? ["breaks a handshake"] : [])].join(", ");
}

describe("what breaks trust is one fault", () => {
  it.each<readonly [what: string, world: TrustWorld, said: string]>([
    ["nothing", {}, ""],
    ["no trust at all", { bundles: [] }, "KC501 error"],
    ["trust in ca.crt alone", { bundles: [], caCrt: root.pem }, "KC503 warning"],
    ["ca.crt that is no PEM", { caCrt: "see the wiki" }, "KC316 error, breaks a handshake"],
    [
      "ca.crt with the right CA second",
      { bundles: [], caCrt: other.pem + root.pem },
      "KC316 error, KC503 warning, breaks a handshake",
    ],
    ["the same, with a bundle", { caCrt: other.pem + root.pem }, "KC316 warning"],
    ["ca.crt with the right CA first", { caCrt: root.pem + other.pem }, "KC316 warning"],
    [
      "ca.crt with a blank line behind it",
      { bundles: [], caCrt: `${root.pem}\n` },
      "KC316 error, KC503 warning, breaks a handshake",
    ],
    ["the same, with a bundle", { caCrt: `${root.pem}\n` }, "KC316 warning"],
    ["another CA in ca.crt", { caCrt: other.pem }, "KC316 warning"],
    [
      "the same, without a bundle",
      { bundles: [], caCrt: other.pem },
      "KC316 error, breaks a handshake",
    ],
    ["ca.crt that has expired", { caCrt: expired.pem }, "KC316 error, breaks a handshake"],
    [
      "an expired CA before the good one",
      { bundles: [{ a: expired.pem + root.pem }] },
      "KC508 error, breaks a handshake",
    ],
    ["an expired CA behind it", { bundles: [{ a: root.pem + expired.pem }] }, "KC508 warning"],
    ["a name by wildcard", named("kn-user-shop", "*.knative.dev"), ""],
    ["names in capitals", named("kn-user-shop", "DATA-PLANE.knative.dev"), ""],
    [
      "the user's name in capitals",
      named("KN-USER-shop", "data-plane.knative.dev"),
      "KC304 error, breaks a handshake",
    ],
    ["no server name", named("kn-user-shop"), "KC304 error, breaks a handshake"],
    ["an expired leaf", { presented: [expiredLeaf] }, "KC309 error, breaks a handshake"],
    [
      "a bundle that is text",
      { bundles: [{ a: "see the wiki" }] },
      "KC506 error, breaks a handshake",
    ],
    ["text beside a bundle", { bundles: [{ a: root.pem, readme: "see the wiki" }] }, ""],
    ["an empty bundle", { bundles: [{ a: "" }] }, "KC501 error"],
  ])("%s", (_what, world, said) => {
    expect(judged(world)).toBe(said);
  });
});

function plain(data: JsonObject, metadata: JsonObject = {}, name = "cas") {
  return object("ConfigMap", name, { metadata, data }, "knative-serving");
}

describe("a ConfigMap without a label", () => {
  const ours = plain({ "ca.crt": root.pem });

  it.each<readonly [what: string, world: TrustWorld, said: string]>([
    ["is the fault where it holds what all dialers lack", { bundles: [], more: [ours] }, fault],
    [
      "is so beside another bundle",
      { bundles: [{ a: other.pem }], more: [plain({ a: root.pem + other.pem })] },
      fault,
    ],
    ["is none where nothing fails", { more: [ours] }, ""],
    ["nor with another CA", { bundles: [], more: [plain({ a: other.pem })] }, "KC501 error"],
    [
      "nor with one that has expired",
      { bundles: [], more: [plain({ a: expired.pem })] },
      "KC501 error",
    ],
    [
      "nor where it does not explain everything",
      { bundles: [], routing: leaf(other, { dns: ["kn-routing"] }), more: [ours] },
      "KC501 error",
    ],
    [
      "nor where a dialer would not read it",
      { bundles: [], ingressClass: "contour", more: [ours] },
      "KC501 error",
    ],
    [
      "nor in a namespace where nobody reads bundles",
      { bundles: [], more: [object("ConfigMap", "cas", { data: { a: root.pem } }, "shop")] },
      "KC501 error",
    ],
    [
      "nor where Kubernetes makes it",
      { bundles: [], more: [plain({ "ca.crt": root.pem }, {}, "kube-root-ca.crt")] },
      "KC501 error",
    ],
    [
      "nor where another object owns it",
      {
        bundles: [],
        more: [plain({ a: root.pem }, { ownerReferences: [{ kind: "App", name: "a" }] })],
      },
      "KC501 error",
    ],
    [
      "and follows from a bundle that is spoilt",
      { bundles: [{ a: "see the wiki" }], more: [ours] },
      "KC506 error, breaks a handshake",
    ],
  ])("%s", (_what, world, said) => {
    expect(judged(world)).toBe(said);
  });
});

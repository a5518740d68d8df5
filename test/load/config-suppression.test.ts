import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { withSuppression } from "../../src/load/config-suppression.ts";

const one = {
  rule: "KC207",
  kind: "ClusterIssuer",
  namespace: "",
  name: "knative-ca",
  reason: "made by hand",
};

describe("withSuppression", () => {
  it("writes a new file", () => {
    expect(withSuppression("", one)).toBe(`suppress:
  - rule: KC207
    kind: ClusterIssuer
    name: knative-ca
    reason: made by hand
`);
  });

  it("adds to a list below its last entry, and leaves all else as it was", () => {
    const before = `# ours
suppress:
- rule: KC101   # known
  reason: |
    two
    lines

rules: {KC109: off}  # noisy
`;
    expect(withSuppression(before, { ...one, namespace: "shop" })).toBe(`# ours
suppress:
- rule: KC101   # known
  reason: |
    two
    lines
- rule: KC207
  kind: ClusterIssuer
  name: knative-ca
  reason: made by hand
  namespace: shop

rules: {KC109: off}  # noisy
`);
  });

  it("adds a list to a file that has none", () => {
    expect(withSuppression("rules:\n  KC109: off", one)).toMatch(
      /^rules:\n {2}KC109: off\nsuppress:\n/,
    );
  });

  it.each([
    "suppress: []\n",
    "suppress: [{rule: KC101, reason: x}]\n",
    "{suppress: [], rules: {}}",
    "suppress:\n",
    "# only a comment\n",
    "suppress:\n  - rule: KC1\n    reason: x # last line without break",
  ])("adds to %j whatever its style", (text) => {
    const before = parse(text) ?? {};
    expect(parse(withSuppression(text, one) ?? "")).toEqual({
      ...before,
      suppress: [
        ...(before.suppress ?? []),
        { rule: "KC207", kind: "ClusterIssuer", name: "knative-ca", reason: "made by hand" },
      ],
    });
  });

  it.each(["a: [", "- a list\n", "suppress: a word\n"])("leaves %j alone", (text) => {
    expect(withSuppression(text, one)).toBeUndefined();
  });

  it("writes any reason and name so that they are read back", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), fc.string(), (reason, name) => {
        const text = withSuppression("suppress:\n  - rule: KC1\n", { ...one, reason, name });
        expect(parse(text ?? "").suppress[1]).toMatchObject({ reason, name });
      }),
    );
  });
});

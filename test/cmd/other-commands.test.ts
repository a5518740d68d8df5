import { describe, expect, it } from "vitest";
import { rules } from "../../rules/index.ts";
import { ran } from "../support/command-line.ts";

describe("rules", () => {
  it("lists each rule in a line", async () => {
    const { code, out } = await ran(["rules"]);
    expect(code).toBe(0);
    expect(
      out
        .trimEnd()
        .split("\n")
        .map((line) => line.slice(0, 5)),
    ).toEqual(rules.map(({ code: one }) => one));
  });

  it("lists them as JSON", async () => {
    const { out } = await ran(["rules", "-o", "json", "--select", "issuer-missing"]);
    expect(JSON.parse(out)).toMatchObject({
      version: 1,
      kind: "rules",
      rules: [{ code: "KC201", id: "issuer-missing", group: "issuers", severity: "error" }],
    });
  });

  it("says which rule there is not", async () => {
    expect(await ran(["rules", "--select", "nothing"])).toMatchObject({
      code: 2,
      out: "",
      err: "error: there is no rule, group or preset nothing\n",
    });
  });
});

describe("explain", () => {
  it.each(["KC201", "kc201", "issuer-missing"])("prints the page of %s", async (topic) => {
    const { code, out } = await ran(["explain", topic]);
    expect(code).toBe(0);
    expect(out).toContain("# KC201 issuer-missing\n");
    expect(out).toContain("## How to fix\n");
  });

  it("guesses what was meant", async () => {
    expect(await ran(["explain", "issuer-misssing"])).toMatchObject({
      code: 2,
      err: "error: there is no rule issuer-misssing\nDid you mean issuer-missing?\n",
    });
  });
});

describe("version", () => {
  it("is the version of the package", async () => {
    const { default: own } = await import("../../package.json", { with: { type: "json" } });
    expect(await ran(["version"])).toEqual({ code: 0, out: `${own.version}\n`, err: "" });
  });
});

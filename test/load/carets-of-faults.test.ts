import { describe, expect, it } from "vitest";
import { caret } from "../support/carets.ts";

describe("a text that cannot be read", () => {
  it.each([
    ["at the first fault", "a: 1\nb: [\n  1\n⟦c⟧: 2\n"],
    ["behind other documents", "a: 1\n---\nb: 1\n---\nc: x⟦:⟧ y\n"],
    ["behind a byte order mark", "\uFEFFc: x⟦:⟧ y\n"],
    ["with CRLF and emoji", "# 😀\r\n---\r\n# é\r\n😀: x⟦:⟧ y\r\n"],
    ["with a tab", "a:\n⟦\t⟧b: 1\n"],
    ["with a control character", "a: 1\nb: x⟦\u0007⟧\n"],
  ])("%s", async (_name, text) => {
    const { found, wanted } = await caret("KC901", "broken", text);
    expect(found).toEqual(wanted);
  });
});

describe("a key that is written twice", () => {
  const twice = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: x\n";

  it("is marked where it stands last", async () => {
    const { found, wanted } = await caret(
      "KC901",
      "duplicateKey",
      `${twice}data:\n  a: 1\n  b: 2\n  ⟦a⟧: 3\n`,
    );
    expect(found).toEqual(wanted);
  });

  it("is marked in JSON", async () => {
    const json =
      '{"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "x", ⟦"name"⟧: "x"}}';
    const { found, wanted } = await caret("KC901", "duplicateKey", json, "a.json");
    expect(found).toEqual(wanted);
  });
});

import { describe, expect, it } from "vitest";
import {
  certManagerConfig,
  caret,
  literal,
  rangesOf,
  reference,
  unmarked,
} from "../support/carets.ts";

describe("anchors and aliases", () => {
  it("a reference with an anchor", async () => {
    const { found, wanted } = await caret("KC106", "ignored", reference(`&ref ${literal}`));
    expect(found).toEqual(wanted);
  });

  it("an alias points at what it stands for", async () => {
    const { text, range } = unmarked(
      certManagerConfig(`  issuerRef: &ref ${literal}  clusterLocalIssuerRef: *ref\n`),
    );
    expect(await rangesOf("KC106", "ignored", "a.yaml", text)).toEqual([range, range]);
  });

  it("an alias of a whole mapping", async () => {
    const shared = `x-data: &shared\n  issuerRef: ${literal}`;
    const { found, wanted } = await caret(
      "KC106",
      "ignored",
      `${shared}${certManagerConfig("").trimEnd()} *shared\n`,
    );
    expect(found).toEqual(wanted);
  });

  it("a merged entry points at where it comes from", async () => {
    const shared = `x-data: &shared\n  issuerRef: ${literal}`;
    const { found, wanted } = await caret(
      "KC106",
      "ignored",
      shared + certManagerConfig("  <<: *shared\n"),
    );
    expect(found).toEqual(wanted);
  });
});

describe("the text around", () => {
  const good = reference(literal);
  const other = "apiVersion: v1\nkind: Namespace\nmetadata:\n  name: x\n";
  const indented = good.trimEnd().replaceAll("\n", "\n    ");

  it.each([
    ["CRLF", good.replaceAll("\n", "\r\n")],
    ["lone carriage returns", good.replaceAll("\n", "\r")],
    ["a byte order mark", `\uFEFF${good}`],
    ["a byte order mark, a marker and CRLF", `\uFEFF---\n${good}`.replaceAll("\n", "\r\n")],
    ["a tab behind the colon", good.replace("issuerRef: ", "issuerRef:\t")],
    ["tabs in a line before", good.replace("\ndata:", "\ndata:\t# a\tb")],
    ["tabs inside the string", good.replace("kind: Issuer", "kind:\tIssuer\t# \t")],
    ["multi-byte characters before", good.replace("\ndata:", "\n# größer, 大きい\ndata:")],
    ["emoji before", good.replace("name: x", "name: 😀👩‍👩‍👧x")],
    ["a line separator before", good.replace("\ndata:", "\n# a\u2028# b\ndata:")],
    ["a first document", `---\n${other}---\n${good}`],
    ["an empty first document", `---\n---\n${good}`],
    ["a broken first document", `a: [\n---\n${good}`],
    ["a document that ends with dots", `${other}...\n---\n${good}`],
    ["a comment behind the marker", `${other}--- # the second\n${good}`],
    ["CRLF in two documents", `${other}---\n${good}`.replaceAll("\n", "\r\n")],
    ["emoji in the first document", `# 😀\n${other}---\n${good}`],
    ["a third document", `${good.replace(/ {4}⟦.*/, "")}---\n${other}---\n${good}`],
    ["a List", `apiVersion: v1\nkind: List\nitems:\n  - ${indented}\n`],
    [
      "a second item",
      `apiVersion: v1\nkind: List\nitems:\n  - {kind: X, apiVersion: v1}\n  - ${indented}\n`,
    ],
    [
      "a ConfigMapList",
      `apiVersion: v1\nkind: ConfigMapList\nitems:\n  - ${indented.replace(/.*\n.*\n */, "")}\n`,
    ],
    [
      "a List in a List in a second document",
      `${other}---\napiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: List\n  items:\n  - ${indented}\n`,
    ],
  ])("%s", async (_name, text) => {
    const { found, wanted } = await caret("KC106", "ignored", text);
    expect(found).toEqual(wanted);
  });

  it("characters before the column in the same line count as UTF-16 does", async () => {
    const flow = `  {"größe😀\t": "大", issuerRef: "😀: 'é'\\nname: x\\nkind: ⟦Isuer⟧"}\n`;
    const { found, wanted } = await caret("KC106", "wrongKind", certManagerConfig(flow));
    expect(found).toEqual(wanted);
  });
});

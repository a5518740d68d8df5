import { describe, expect, it } from "vitest";
import { caret, literal, rangesOf, reference, unmarked } from "../support/carets.ts";

it("counts lines and columns from 1, the end exclusive", async () => {
  expect(await rangesOf("KC106", "ignored", "a.yaml", unmarked(reference(literal)).text)).toEqual([
    { line: 10, column: 5, endLine: 10, endColumn: 14 },
  ]);
});

describe("a key in a reference that is written as", () => {
  it.each([
    ["a literal block", literal],
    ["a literal block without its last break", literal.trimEnd()],
    ["a literal block that strips", "|-\n    name: x\n    ⟦namespace⟧: shop\n"],
    ["a literal block that says its indentation", "|2\n    name: x\n    ⟦namespace⟧: shop\n"],
    [
      "a literal block with comments",
      "| # one\n    name: x # two\n    ⟦namespace⟧: shop # three\n",
    ],
    ["a literal block with empty lines", "|\n\n    name: x\n\n\n    ⟦namespace⟧: shop\n\n"],
    ["a literal block with a key in quotes", '|\n    name: x\n    ⟦"namespace"⟧: shop\n'],
    ["a literal block with a complex key", "|\n    name: x\n    ? ⟦namespace⟧\n    : shop\n"],
    ["a literal block with flow style", "|\n    {name: x,\n     ⟦namespace⟧: shop}\n"],
    ["a literal block with a merge", "|\n    <<: {⟦namespace⟧: shop}\n    name: x\n"],
    ["a literal block with a marker", "|\n    ---\n    name: x\n    ⟦namespace⟧: shop\n    ...\n"],
    ["a folded block", ">\n    {kind: Issuer, name: x,\n    ⟦namespace⟧: shop}\n"],
    ["a folded block with empty lines", ">-\n    name: x\n\n    ⟦namespace⟧: shop\n"],
    ["a folded block with indented lines", ">\n    name:\n      x\n    ⟦namespace⟧: y\n"],
    ["double quotes", String.raw`"kind: Issuer\nname: x\n⟦namespace⟧: shop"`],
    ["double quotes with escapes before it", String.raw`"name: \"\u00e9\"\n⟦namespace⟧: shop"`],
    ["double quotes with an escape in it", String.raw`"name: x\n⟦\x6eamespace⟧: shop"`],
    ["double quotes over two lines", '"name: x\\n\\\n    ⟦namespace⟧: shop"'],
    ["single quotes over two lines", "'name: x\n\n    ⟦namespace⟧: shop'"],
    ["single quotes with single quotes", "'{name: ''x'', ⟦namespace⟧: shop}'"],
    ["a tagged scalar", "!!str |\n    name: x\n    ⟦namespace⟧: shop\n"],
  ])("%s", async (_name, value) => {
    const { found, wanted } = await caret("KC106", "ignored", reference(value));
    expect(found).toEqual(wanted);
  });
});

describe("a value in a reference", () => {
  it.each([
    ["plain", "|\n    kind: ⟦Isuer⟧\n    name: x\n"],
    ["with a comment behind it", "|\n    kind:    ⟦Isuer⟧   # no\n    name: x\n"],
    ["in quotes", '|\n    kind: ⟦"Isuer"⟧\n    name: x\n'],
    ["in quotes of both sorts", `"kind: ⟦'Isuer'⟧\\nname: x"`],
    ["that is an alias", "|\n    name: &k ⟦Isuer⟧\n    kind: *k\n"],
    ["written twice: the last", "|\n    kind: Issuer\n    kind: ⟦Isuer⟧\n    name: x\n"],
    ["in a folded line", ">\n    {kind:\n    ⟦Isuer⟧, name: x}\n"],
  ])("%s", async (_name, value) => {
    const { found, wanted } = await caret("KC106", "wrongKind", reference(value));
    expect(found).toEqual(wanted);
  });

  it("that is empty", async () => {
    const { found, wanted } = await caret(
      "KC106",
      "emptyName",
      reference('|\n    kind: Issuer\n    name: ⟦""⟧\n'),
    );
    expect(found).toEqual(wanted);
  });
});

describe("the spot where a reference cannot be decoded", () => {
  it.each([
    ["in a literal block", "|\n    kind: Issuer\n    name: x⟦:⟧ y\n"],
    ["in double quotes", String.raw`"kind: Issuer\nname: x⟦:⟧ y"`],
    ["behind an escape", String.raw`"kind: \u0049ssuer\nname: x⟦:⟧ y"`],
  ])("%s", async (_name, value) => {
    const { found, wanted } = await caret("KC105", "undecodable", reference(value));
    expect(found).toEqual(wanted);
  });
});

const serving = (config: string) => `apiVersion: operator.knative.dev/v1beta1
kind: KnativeServing
metadata:
  name: knative-serving
  namespace: knative-serving
spec:
  config:
${config}`;

describe("a reference in a KnativeServing", () => {
  it.each(["certmanager", "config-certmanager", '"certmanager"'])("%s", async (section) => {
    const text = serving(`    ${section}:
      issuerRef: |
        kind: Issuer
        ⟦namespace⟧: shop
        name: x
`);
    const { found, wanted } = await caret("KC106", "ignored", text);
    expect(found).toEqual(wanted);
  });

  it("in flow style", async () => {
    const text = serving(
      `    {certmanager: {issuerRef: "{name: x,\\n ⟦namespace⟧: y}"}, network: {}}\n`,
    );
    const { found, wanted } = await caret("KC106", "ignored", text);
    expect(found).toEqual(wanted);
  });
});

describe("JSON", () => {
  const value = String.raw`"kind: Issuer\nname: \"\u00e9\"\n⟦namespace⟧: shop\n"`;
  const metadata = `"metadata": {"name": "config-certmanager", "namespace": "knative-serving"}`;
  const object = `{"apiVersion": "v1", "kind": "ConfigMap", ${metadata},
 "data": {"issuerRef": ${value}}}`;
  const operated = `{"apiVersion": "operator.knative.dev/v1beta1", "kind": "KnativeServing",
  "metadata": {"name": "knative-serving", "namespace": "knative-serving"},
  "spec": {"config": {"certmanager": {"issuerRef": ${value}}}}}`;
  const other = `{"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "x"}}`;

  it.each([
    ["a ConfigMap", object],
    ["a KnativeServing", operated],
    ["in one line", object.replaceAll("\n", " ")],
    ["indented by tabs", object.replace("\n ", "\n\t\t")],
    ["with CRLF", operated.replaceAll("\n", "\r\n")],
    ["the second object of a stream", `${other}\n${object}\n`],
    ["the second object of a line", `${other} ${object}`],
    ["an item of a List", `{"apiVersion": "v1", "kind": "List", "items": [${other},\n${object}]}`],
    ["behind a byte order mark", `\uFEFF${object}`],
    ["behind a byte order mark, in one line", `\uFEFF${object.replaceAll("\n", " ")}`],
    ["JSON with a trailing comma, which is YAML", object.replace("}}", "},}")],
  ])("%s", async (_name, text) => {
    const { found, wanted } = await caret("KC106", "ignored", text, "config.json");
    expect(found).toEqual(wanted);
  });

  it("with a slash that is escaped", async () => {
    const group = String.raw`"name: x\nkind: ⟦Isuer⟧ # a\/b\ud83d\ude00"`;
    const { found, wanted } = await caret(
      "KC106",
      "wrongKind",
      object.replace(value, group),
      "config.json",
    );
    expect(found).toEqual(wanted);
  });

  it("with a surrogate pair before it", async () => {
    const emoji = String.raw`"name: \ud83d\ude00\nkind: ⟦Isuer⟧"`;
    const { found, wanted } = await caret(
      "KC106",
      "wrongKind",
      object.replace(value, emoji),
      "config.json",
    );
    expect(found).toEqual(wanted);
  });
});

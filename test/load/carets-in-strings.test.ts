import { describe, expect, it } from "vitest";
import { readFile } from "../../src/load/file.ts";
import { locator } from "../../src/load/locate.ts";
import { text as textAt } from "../../src/model/json.ts";
import { at } from "../../src/model/object.ts";
import { caret, certManagerConfig, unmarked } from "../support/carets.ts";

const line = "MIIDDTCCAfWgAwIBAgIQMQuip05h7NLQq2TB+j9Zm";
const pem = `-----BEGIN CERTIFICATE-----\n⟦${line}⟧\n-----END CERTIFICATE-----\n`;
const block = `|\n${pem.replaceAll(/^(?=.)/gm, "    ")}`;
const escaped = pem.replaceAll("\n", String.raw`\n`);

function bundle(value: string): string {
  return certManagerConfig(`  ca.pem: ${value}\n`).replace("config-certmanager", "knative-bundle");
}

/** Points at a line of PEM as a rule about certificates does: by its offset in the value. */
function rangeOfLine(marked: string) {
  const { text, range } = unmarked(marked);
  const [object] = readFile({ path: "ca.yaml", text, named: true }).objects;
  if (!object) throw new Error("there is no object");
  const offset = (textAt(object.raw, "data", "ca.pem") ?? "").indexOf(line);
  const place = at(object, ["data", "ca.pem"], "value", { offset, length: line.length });
  return { found: locator(new Map([["ca.yaml", text]]))(place)?.location, range };
}

describe("a line of PEM in", () => {
  it.each([
    ["a block", bundle(block)],
    ["a block with CRLF", bundle(block).replaceAll("\n", "\r\n")],
    ["a folded block", bundle(block.replace("|", ">").replaceAll("\n", "\n\n"))],
    ["double quotes", bundle(`"${escaped}"`)],
    ["double quotes over lines", bundle(`"${escaped.replaceAll("\\n", "\\n\\\n    ")}"`)],
    ["single quotes", bundle(`'${pem.replaceAll("\n", "\n\n")}'`)],
    ["an alias", `x: &ca ${block}${bundle("*ca")}`],
    [
      "JSON",
      `{"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "knative-bundle"},\n` +
        `  "data": {"ca.pem": "${escaped}"}}`,
    ],
  ])("%s", (_name, marked) => {
    const { found, range } = rangeOfLine(marked);
    expect(found).toMatchObject(range);
  });
});

it("a line of an example with characters of several bytes before it", async () => {
  const data =
    "  _example: |\n    # größe: 😀\n    a: 😀\n      ⟦external-domain-tls: Enabled⟧ # é\n";
  const text = certManagerConfig(data).replace("config-certmanager", "config-network");
  const { found, wanted } = await caret("KC108", "hidden", text);
  expect(found).toEqual(wanted);
});

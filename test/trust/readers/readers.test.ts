import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { appendCerts } from "../../../src/trust/readers/append-certs.ts";
import { contourBundle } from "../../../src/trust/readers/contour.ts";
import { firstBlock } from "../../../src/trust/readers/first-block.ts";
import type { Read, Reading } from "../../../src/trust/readers/reading.ts";
import { checkedWhole, wholeKey } from "../../../src/trust/readers/whole-key.ts";

interface Piece {
  readonly name: string;
  readonly text: string;
}

/** What real Go code made of pieces put together: go/main.go. */
interface Row {
  readonly of: readonly number[];
  readonly append: string;
  readonly first: string;
  readonly kourier: string;
  readonly contour: string;
}

const folder = "test/trust/readers";
const pieces = JSON.parse(readFileSync(`${folder}/pieces.json`, "utf8")) as readonly Piece[];
const table = JSON.parse(readFileSync(`${folder}/table.json`, "utf8")) as readonly Row[];

function textOf(of: readonly number[]): string {
  return of.map((i) => pieces[i]?.text ?? "").join("");
}

function piece(name: string): string {
  const found = pieces.find((one) => one.name === name);
  if (!found) throw new Error(`there is no piece ${name}`);
  return found.text;
}

function said({ kept, refused, panics }: Reading): string {
  if (panics !== undefined) return "panics";
  if (refused) return "refused";
  return kept.map(({ certificate }) => certificate.subject.commonName).join(" ");
}

function disagreements(read: Read, expected: (row: Row) => string) {
  return table.flatMap((row) => {
    const [want, got] = [expected(row), said(read(textOf(row.of)))];
    return want === got ? [] : [{ of: row.of.map((i) => pieces[i]?.name), want, got }];
  });
}

describe("every text is read as the component's own Go code reads it", () => {
  it("by AppendCertsFromPEM", () => {
    expect(disagreements(appendCerts, ({ append }) => append)).toEqual([]);
  });

  it("by the activator, from ca.crt", () => {
    expect(disagreements(firstBlock, ({ first }) => first)).toEqual([]);
  });

  it("by net-kourier", () => {
    expect(disagreements(checkedWhole, ({ kourier }) => kourier)).toEqual([]);
  });

  it("by Contour", () => {
    const wrong = table.filter(({ of, contour }) => {
      const { refused, panics } = contourBundle(textOf(of));
      return (contour === "refused") !== (refused !== undefined && panics === undefined);
    });
    expect(wrong.map(({ of }) => of.map((i) => pieces[i]?.name))).toEqual([]);
  });
});

describe("what is not kept", () => {
  const readers = { appendCerts, firstBlock, wholeKey, contourBundle };

  it.each(Object.entries(readers))("is told, with its place and why: %s", (_name, read) => {
    for (const { of } of table) {
      const text = textOf(of);
      const { kept, dropped, refused } = read(text);
      const told = [...kept, ...dropped, ...(refused ? [refused] : [])];
      for (const { start, end } of told) {
        expect(start).toBeGreaterThanOrEqual(0);
        expect(end).toBeLessThanOrEqual(text.length);
        expect(end).toBeGreaterThan(start);
      }
      for (const { why } of dropped) expect(why).not.toBe("");
      const begun = [...text.matchAll(/-----BEGIN /g)].length;
      const covered = [...text.matchAll(/-----BEGIN /g)].filter(({ index }) =>
        told.some(({ start, end }) => start <= index && index < end),
      ).length;
      expect({ text, covered }).toEqual({ text, covered: begun });
    }
  });
});

describe("the matrix of readers", () => {
  const [a, b] = [piece("A"), piece("B")];
  const key = piece("private key");
  it.each([
    ["two certificates", a + b, ["A B", "A B", "A"]],
    ["a blank line at the end", `${a}\n`, ["A", "refused", "A"]],
    ["a comment at the end", `${a}# text`, ["A", "refused", "A"]],
    ["a comment before", `# text\n${a}`, ["A", "A", "A"]],
    ["a comment between", `${a}# text\n${b}`, ["A B", "A B", "A"]],
    ["CRLF", (a + b).replaceAll("\n", "\r\n"), ["A B", "A B", "A"]],
    ["bad DER and a good one", piece("spoilt DER") + a, ["A", "refused", ""]],
    ["a certificate and a private key", a + key, ["A", "refused", "A"]],
    ["TRUSTED CERTIFICATE", piece("C as TRUSTED CERTIFICATE"), ["", "refused", "C"]],
    ["two without a line break between", a.slice(0, -1) + b, ["", "refused", "panics"]],
    ["indented", piece("C indented"), ["", "refused", "panics"]],
    ["garbage", "not a certificate", ["", "refused", "panics"]],
    ["nothing", "", ["", "", ""]],
  ])("%s", (_name, text, [configMap, kourier, ca]) => {
    expect([said(appendCerts(text)), said(wholeKey(text)), said(firstBlock(text))]).toEqual([
      configMap,
      kourier,
      ca,
    ]);
  });

  it("Envoy refuses what net-kourier has taken, for a line that Go does not see", () => {
    const text = a + piece("B with an empty line in its data");
    expect(said(checkedWhole(text))).toBe("A B");
    expect(said(wholeKey(text))).toBe("panics");
  });
});

import { describe, expect, it } from "vitest";
import { readPem } from "../../../src/pki/pem/read.ts";

const block = (label: string, body = "AAAA") =>
  `-----BEGIN ${label}-----\n${body}\n-----END ${label}-----\n`;
const a = block("A");
const b = block("B");

/** What is kept, and why the rest is not. */
function reading(text: string) {
  const { blocks, passedOver } = readPem(text);
  return [...blocks.map(({ type }) => type), ...passedOver.map(({ why }) => why)];
}

describe("PEM", () => {
  it("tells where blocks are", () => {
    const text = `# text\n${a}between\n${b}after`;
    const { blocks, rest } = readPem(text);
    expect(blocks.map(({ start, end }) => text.slice(start, end))).toEqual([a, b]);
    expect(text.slice(rest)).toBe("after");
  });

  it.each([
    ["two", a + b, ["A", "B"]],
    ["blanks behind the lines", a.replaceAll("-----\n", "----- \t\n"), ["A"]],
    ["CRLF", a.replaceAll("\n", "\r\n"), ["A"]],
    ["blanks in the data", block("A", " A A\tA A "), ["A"]],
    ["one line of data without a break at the end", a.slice(0, -1), ["A"]],
    ["no data", "-----BEGIN A-----\n-----END A-----\n", ["A"]],
    ["headers", block("A", "Key: value\n\nAAAA"), ["A"]],
    [
      "a block without END before a good one",
      `-----BEGIN A-----\nAAAA\n${b}`,
      ["B", "another block begins before its END line"],
    ],
    ["a byte order mark", `\uFEFF${a}${b}`, ["B", "a byte order mark stands before its BEGIN"]],
    ["an indented block", `x\n  ${a}${b}`, ["B", "its BEGIN line is indented"]],
    ["an indented END", a.replace("\n-----END", "\n  -----END"), ["its END line is indented"]],
    ["text before BEGIN", `ca: ${a}`, ["text stands before BEGIN on its line"]],
    [
      "text behind END",
      a.replace("-----\n", "-----\n").slice(0, -1) + " x\n",
      ["something follows on its END line"],
    ],
    [
      "another type at END",
      "-----BEGIN A-----\nAAAA\n-----END B-----\n",
      ['its END line does not name "A"'],
    ],
    ["no padding", block("A", "AAA"), ["its base64 is cut off or lacks its padding"]],
    ["data behind the padding", block("A", "AA==AAAA"), ["its base64 goes on behind the padding"]],
    ["base64url", block("A", "AA_A"), ['its base64 holds "_", which only base64url has']],
    ["CR only", a.replaceAll("\n", "\r"), ["it has no END line"]],
    [
      "two joined without a line break lose both",
      a.slice(0, -1) + b,
      [
        "the next block begins on its END line: a line break is missing between them",
        "it begins on the END line of another block: a line break is missing between them",
      ],
    ],
  ])("%s", (_, text, expected) => {
    expect(reading(text)).toEqual(expected);
  });

  it("needs time in proportion to the text", () => {
    const text = "\n-----END A-----\n-----BEGIN A".repeat(100_000);
    expect(readPem(text).blocks).toEqual([]);
  }, 5_000);
});

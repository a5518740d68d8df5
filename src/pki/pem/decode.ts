import { decodeBase64 } from "./base64.ts";
import { lineAt, trimSpace } from "./line.ts";

/** One block as Go's encoding/pem gives it; offsets are UTF-16 units of the text. */
export interface PemBlock {
  readonly type: string;
  readonly headers: ReadonlyMap<string, string>;
  readonly bytes: Uint8Array;
  /** Where its `-----BEGIN` starts. */
  readonly start: number;
  /** Behind the line break after its END line, where reading goes on. */
  readonly end: number;
}

/** What looks like a block to people and is passed over by Go without a word. */
export interface PassedOver {
  readonly start: number;
  readonly end: number;
  readonly why: string;
}

export const begin = "-----BEGIN ";
const end = "\n-----END ";
const dashes = "-----";

/**
 * The next block from an offset on, as encoding/pem.Decode of Go >= 1.25.3 finds it: BEGIN stands at the start of a
 * line, END fills a whole one, and of several BEGINs before an END the last one counts.
 */
export function decodePem(
  text: string,
  from: number,
  passOver?: (passed: PassedOver) => void,
): PemBlock | undefined {
  let at = from;
  for (;;) {
    const endAt = text.indexOf(end, at);
    if (endAt < 0) return undefined;
    const beginAt = at + text.slice(at, endAt).lastIndexOf(begin);
    const behindMarker = endAt + end.length;
    if (beginAt >= at) {
      const result =
        beginAt > at && text[beginAt - 1] !== "\n"
          ? { why: beforeBegin(text, beginAt), readTo: at }
          : readBlock(text, beginAt, endAt);
      if (result === "no more") return undefined;
      if (!("why" in result)) return result;
      passOver?.({ start: beginAt, end: lineAt(text, behindMarker).end, why: result.why });
      // Headers were read beyond END: Go gives up here.
      if (result.readTo > behindMarker) return undefined;
    }
    at = behindMarker;
  }
}

interface GivenUp {
  readonly why: string;
  readonly readTo: number;
}

function readBlock(text: string, start: number, endAt: number): PemBlock | GivenUp | "no more" {
  const beginLine = lineAt(text, start + begin.length);
  if (!beginLine.text.endsWith(dashes)) {
    return { why: "its BEGIN line does not end with -----", readTo: beginLine.next };
  }
  const type = beginLine.text.slice(0, -dashes.length);
  const read = readHeaders(text, beginLine.next);
  if (!read) return "no more";
  const { headers, readTo } = read;
  if (headers.size > 0 && endAt < readTo) {
    return { why: "no line stands between its headers and its END", readTo };
  }
  const trailer = endAt + end.length;
  const why = trailerProblem(text, trailer, type);
  if (why !== undefined) return { why, readTo };
  const bytes = endAt > readTo ? decodeBase64(text.slice(readTo, endAt)) : new Uint8Array();
  if (typeof bytes === "string") return { why: bytes, readTo };
  return { type, headers, bytes, start, end: lineAt(text, trailer - 1).next };
}

function readHeaders(
  text: string,
  from: number,
): { readonly headers: ReadonlyMap<string, string>; readonly readTo: number } | undefined {
  const headers = new Map<string, string>();
  let readTo = from;
  for (;;) {
    if (readTo >= text.length) return undefined;
    const line = lineAt(text, readTo);
    const colon = line.text.indexOf(":");
    if (colon < 0) return { headers, readTo };
    headers.set(trimSpace(line.text.slice(0, colon)), trimSpace(line.text.slice(colon + 1)));
    readTo = line.next;
  }
}

function trailerProblem(text: string, trailer: number, type: string): string | undefined {
  if (!text.startsWith(type + dashes, trailer)) return `its END line does not name "${type}"`;
  const behind = lineAt(text, trailer + type.length + dashes.length).text;
  if (behind === "") return undefined;
  return behind.includes(begin)
    ? "the next block begins on its END line: a line break is missing between them"
    : "something follows on its END line";
}

function beforeBegin(text: string, beginAt: number): string {
  const line = text.slice(text.lastIndexOf("\n", beginAt) + 1, beginAt);
  if (line === "\uFEFF") return "a byte order mark stands before its BEGIN";
  if (/^[ \t]+$/.test(line)) return "its BEGIN line is indented";
  return line.endsWith(dashes)
    ? "it begins on the END line of another block: a line break is missing between them"
    : "text stands before BEGIN on its line";
}

import { decodeBase64 } from "./base64.ts";

interface BoringBlock {
  readonly type: string;
  readonly bytes: Uint8Array;
  readonly start: number;
  readonly end: number;
}

/** What BoringSSL reads, or the spot at which it gives the whole text up. */
export type BoringPem =
  | { readonly ok: true; readonly blocks: readonly BoringBlock[] }
  | { readonly ok: false; readonly at: number; readonly why: string };

const begin = "-----BEGIN ";
const end = "-----END ";
const dashes = "-----";
/** BIO_gets is asked for so many characters; a longer line comes in pieces. */
const longest = 253;

/**
 * Every block of a text as PEM_X509_INFO_read_bio of BoringSSL finds them, which Envoy uses for `trusted_ca`
 * (crypto/pem/pem_lib.cc PEM_read_bio_inner, pem_info.cc). Unlike Go it never goes on behind a fault: a block that it
 * cannot read is the end of everything. It knows no headers but those of encryption, and takes every line before an
 * empty one for headers.
 */
export function readPemAsBoring(text: string): BoringPem {
  const lines = linesOf(text);
  const blocks: BoringBlock[] = [];
  for (let i = 0; i < lines.length; i++) {
    const first = lines[i];
    if (!first?.text.startsWith(begin) || !first.text.endsWith(dashes)) continue;
    const type = first.text.slice(begin.length, -dashes.length);
    const body = bodyOf(lines, i + 1);
    const last = lines[body.end];
    const fail = (why: string): BoringPem => ({ ok: false, at: first.start, why });
    if (!last) return fail("it has no END line");
    if (last.text !== `${end}${type}${dashes}`)
      return fail(`its END line is not that of "${type}"`);
    if (body.hasHeaders && type !== "PRIVATE KEY")
      return fail("an empty line or headers stand in it");
    const bytes = decodeBase64(body.text);
    if (typeof bytes === "string") return fail(bytes);
    if (bytes.length === 0) return fail("it is empty");
    blocks.push({ type, bytes, start: first.start, end: last.end });
    i = body.end;
  }
  return { ok: true, blocks };
}

interface Line {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** Lines without what is at most a space at their ends. */
function linesOf(text: string): readonly Line[] {
  const lines: Line[] = [];
  for (let start = 0; start < text.length;) {
    const feed = text.indexOf("\n", start);
    const stop = Math.min(feed < 0 ? text.length : feed + 1, start + longest);
    lines.push({ text: trimmed(text.slice(start, stop)), start, end: stop });
    start = stop;
  }
  return lines;
}

function trimmed(line: string): string {
  let stop = line.length;
  while (stop > 0 && (line.codePointAt(stop - 1) ?? 0) <= 0x20) stop--;
  return line.slice(0, stop);
}

interface Body {
  readonly text: string;
  /** Index of the line that ends it; that of no line where nothing does. */
  readonly end: number;
  readonly hasHeaders: boolean;
}

/** The lines up to END; up to the first empty one they are headers, but where that is the first line there are none. */
function bodyOf(lines: readonly Line[], from: number): Body {
  const endAt = indexOfEnd(lines, from);
  const inside = lines.slice(from, endAt);
  const empty = inside.findIndex((line) => line.text === "");
  const body = empty === -1 ? inside : inside.slice(empty + 1);
  return {
    text: body.map((line) => line.text).join("\n"),
    end: endAt,
    hasHeaders: empty > 0,
  };
}

function indexOfEnd(lines: readonly Line[], from: number): number {
  const found = lines.findIndex((line, i) => i >= from && line.text.startsWith(end));
  return found === -1 ? lines.length : found;
}

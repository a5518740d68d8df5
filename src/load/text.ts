import { closeSync, openSync, readFileSync, readSync } from "node:fs";
import { gunzipSync } from "node:zlib";

/** Larger inputs are refused: 512 MiB is the longest text a JavaScript string can hold. */
const longest = 500 * 1024 * 1024;

/** The text of a file, or why it cannot be had. Standard input is "-"; `.gz` is unpacked; a BOM tells the encoding. */
export function readText(path: string): { readonly text: string } | { readonly problem: string } {
  try {
    const bytes = path === "-" ? readFileSync(0) : bytesOf(path);
    return {
      text: decode(isGzip(bytes) ? gunzipSync(bytes, { maxOutputLength: longest }) : bytes),
    };
  } catch (error) {
    return { problem: reasonOf(error) };
  }
}

/** Where files are read to: asking each for its size and making a buffer for it takes longer than reading it. */
const shared = Buffer.allocUnsafeSlow(512 * 1024);

/** The content of a file, good until the next call. */
function bytesOf(path: string): Buffer {
  const file = openSync(path, "r");
  try {
    let length = 0;
    while (length < shared.length) {
      const more = readSync(file, shared, length, shared.length - length, null);
      if (more === 0) return shared.subarray(0, length);
      length += more;
    }
    return Buffer.concat([shared, readFileSync(file)]);
  } finally {
    closeSync(file);
  }
}

function isGzip(bytes: Buffer): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

function decode(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return bytes.subarray(2).toString("utf16le");
  if (bytes[0] === 0xfe && bytes[1] === 0xff)
    return Buffer.from(bytes.subarray(2)).swap16().toString("utf16le");
  return bytes.toString("utf8");
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = "code" in error ? error.code : undefined;
  if (
    code === "ERR_BUFFER_TOO_LARGE" ||
    code === "ERR_STRING_TOO_LONG" ||
    code === "ERR_FS_FILE_TOO_LARGE"
  ) {
    return "larger than 500 MiB";
  }
  return error.message;
}

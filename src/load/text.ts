import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";

/** Larger inputs are refused: 512 MiB is the longest text a JavaScript string can hold. */
const longest = 500 * 1024 * 1024;

/** The text of a file, or why it cannot be had. Standard input is "-"; `.gz` is unpacked; a BOM tells the encoding. */
export function readText(path: string): { readonly text: string } | { readonly problem: string } {
  try {
    const bytes = readFileSync(path === "-" ? 0 : path);
    return {
      text: decode(isGzip(bytes) ? gunzipSync(bytes, { maxOutputLength: longest }) : bytes),
    };
  } catch (error) {
    return { problem: reasonOf(error) };
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

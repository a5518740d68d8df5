import { hexOf, latin1Of } from "./bytes.ts";
import { bytesOf, read, tags, type Reader } from "./read.ts";

const known = new Map<string, string | undefined>();

/** An object identifier whose numbers fit into 31 bits, as Go's asn1.ObjectIdentifier: "2.5.29.19". */
export function readOid(reader: Reader): string | undefined {
  const contents = read(reader, tags.objectIdentifier);
  if (!contents) return undefined;
  const bytes = bytesOf(contents);
  // Certificates name the same few over and over.
  if (bytes.length > 16) return dotted(bytes);
  const key = latin1Of(bytes);
  const seen = known.get(key);
  if (seen !== undefined || known.has(key)) return seen;
  const oid = dotted(bytes);
  if (known.size < 1000) known.set(key, oid);
  return oid;
}

function dotted(bytes: Uint8Array): string | undefined {
  const numbers: number[] = [];
  let [value, length] = [0, 0];
  for (const byte of bytes) {
    if (length === 5 || value >= 1 << 24 || (length === 0 && byte === 0x80)) return undefined;
    value = value * 128 + (byte & 0x7f);
    length++;
    if (byte & 0x80) continue;
    numbers.push(value);
    [value, length] = [0, 0];
  }
  const [first, ...rest] = numbers;
  if (first === undefined || length > 0) return undefined;
  const [root, second] = first < 80 ? [Math.trunc(first / 40), first % 40] : [2, first - 80];
  return [root, second, ...rest].join(".");
}

/** x509.OID: an object identifier with numbers of any size, as its bytes in hexadecimal. */
export function readLargeOid(reader: Reader): string | undefined {
  const contents = read(reader, tags.objectIdentifier);
  if (!contents) return undefined;
  const bytes = bytesOf(contents);
  const last = bytes.at(-1);
  if (last === undefined || last & 0x80) return undefined;
  const padded = bytes.some((byte, i) => byte === 0x80 && (i === 0 || (bytes[i - 1] ?? 0) < 0x80));
  return padded ? undefined : hexOf(bytes);
}

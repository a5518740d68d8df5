/** What is left to read of some DER; the functions here move it on, and never beyond its end. */
export interface Reader {
  readonly bytes: Uint8Array;
  at: number;
  readonly end: number;
}

export interface Element {
  readonly tag: number;
  /** Where its tag stands. */
  readonly start: number;
  readonly contents: Reader;
}

export const tags = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  objectIdentifier: 0x06,
  utcTime: 0x17,
  generalizedTime: 0x18,
  sequence: 0x30,
  set: 0x31,
} as const;

/** [n] of a choice or an implicit tag. */
export function contextTag(number: number): number {
  return 0x80 | number;
}

/** [n] around a whole element. */
export function explicitTag(number: number): number {
  return 0xa0 | number;
}

export function readerOf(bytes: Uint8Array): Reader {
  return { bytes, at: 0, end: bytes.length };
}

export function isEmpty(reader: Reader): boolean {
  return reader.at >= reader.end;
}

export function bytesOf({ bytes, at, end }: Reader): Uint8Array {
  return bytes.subarray(at, end);
}

export function peek(reader: Reader): number | undefined {
  return reader.at < reader.end ? reader.bytes[reader.at] : undefined;
}

/** DER as golang.org/x/crypto/cryptobyte reads it: low tags, definite and minimal lengths of up to four bytes. */
export function readElement(reader: Reader): Element | undefined {
  const { bytes, at, end } = reader;
  const [tag, first] = [bytes[at], bytes[at + 1]];
  if (at + 2 > end || tag === undefined || first === undefined || (tag & 0x1f) === 0x1f) {
    return undefined;
  }
  const width = first & 0x80 ? first & 0x7f : 0;
  const length = first & 0x80 ? longLength(reader, width) : first;
  if (length === undefined) return undefined;
  const from = at + 2 + width;
  if (from + length > end) return undefined;
  reader.at = from + length;
  return { tag, start: at, contents: { bytes, at: from, end: from + length } };
}

function longLength({ bytes, at, end }: Reader, width: number): number | undefined {
  if (width === 0 || width > 4 || at + 2 + width > end) return undefined;
  let length = 0;
  for (let i = 0; i < width; i++) length = length * 256 + (bytes[at + 2 + i] ?? 0);
  return length < 128 || length < 256 ** (width - 1) ? undefined : length;
}

/** The contents of the next element when it has this tag. */
export function read(reader: Reader, tag: number): Reader | undefined {
  const element = readElement(reader);
  return element?.tag === tag ? element.contents : undefined;
}

/** The next element with its tag and length. */
export function readWhole(reader: Reader, tag: number): Reader | undefined {
  const element = readElement(reader);
  if (element?.tag !== tag) return undefined;
  return { bytes: reader.bytes, at: element.start, end: reader.at };
}

/** The bytes of an INTEGER in two's complement, when they are as few as possible. */
export function readInteger(reader: Reader, tag: number = tags.integer): Uint8Array | undefined {
  const contents = read(reader, tag);
  if (!contents || isEmpty(contents)) return undefined;
  const value = bytesOf(contents);
  const [first = 0, second = 0] = value;
  const minimal =
    value.length === 1 || !((first === 0 && second < 0x80) || (first === 0xff && second >= 0x80));
  return minimal ? value : undefined;
}

export function readBoolean(reader: Reader): boolean | undefined {
  const contents = read(reader, tags.boolean);
  if (!contents || contents.end - contents.at !== 1) return undefined;
  const value = contents.bytes[contents.at];
  return value === 0 ? false : value === 0xff ? true : undefined;
}

export interface BitString {
  readonly bytes: Uint8Array;
  readonly unusedBits: number;
}

export function readBitString(reader: Reader): BitString | undefined {
  const contents = read(reader, tags.bitString);
  if (!contents || isEmpty(contents)) return undefined;
  const unusedBits = contents.bytes[contents.at] ?? 0;
  const bytes = contents.bytes.subarray(contents.at + 1, contents.end);
  const last = bytes.at(-1);
  if (unusedBits > 7) return undefined;
  if (last === undefined ? unusedBits > 0 : (last & ((1 << unusedBits) - 1)) !== 0)
    return undefined;
  return { bytes, unusedBits };
}

/** asn1.BitString.At. */
export function bitAt({ bytes, unusedBits }: BitString, index: number): boolean {
  if (index >= bytes.length * 8 - unusedBits) return false;
  return (((bytes[index >> 3] ?? 0) >> (7 - (index & 7))) & 1) === 1;
}

/** asn1.BitString.RightAlign. */
export function rightAligned({ bytes, unusedBits }: BitString): Uint8Array {
  if (unusedBits === 0) return bytes;
  return Uint8Array.from(
    bytes,
    (byte, i) => (byte >> unusedBits) | (((bytes[i - 1] ?? 0) << (8 - unusedBits)) & 0xff),
  );
}

import { explicitTag, tags } from "./read.ts";

/** Bytes of DER; those of elements are joined by the element around them. */
export function element(tag: number, ...contents: readonly Uint8Array[]): Uint8Array {
  const length = contents.reduce((sum, { byteLength }) => sum + byteLength, 0);
  const lengthBytes: number[] = [];
  for (let left = length; left > 0; left >>>= 8) lengthBytes.unshift(left & 0xff);
  const header = length < 128 ? [tag, length] : [tag, 0x80 | lengthBytes.length, ...lengthBytes];
  return Buffer.concat([Uint8Array.from(header), ...contents]);
}

export function sequence(...elements: readonly Uint8Array[]): Uint8Array {
  return element(tags.sequence, ...elements);
}

export function explicit(tag: number, ...elements: readonly Uint8Array[]): Uint8Array {
  return element(explicitTag(tag), ...elements);
}

export function integer(value: bigint): Uint8Array {
  let length = 1;
  while (BigInt.asIntN(8 * length, value) !== value) length++;
  const digits = BigInt.asUintN(8 * length, value)
    .toString(16)
    .padStart(2 * length, "0");
  return element(tags.integer, Buffer.from(digits, "hex"));
}

export function boolean(value: boolean): Uint8Array {
  return element(tags.boolean, Uint8Array.of(value ? 0xff : 0));
}

export function octetString(bytes: Uint8Array): Uint8Array {
  return element(tags.octetString, bytes);
}

export function bitString(bytes: Uint8Array, unusedBits = 0): Uint8Array {
  return element(tags.bitString, Uint8Array.of(unusedBits), bytes);
}

export function oid(dotted: string): Uint8Array {
  const [root = 0, second = 0, ...rest] = dotted.split(".").map(Number);
  const bytes = [root * 40 + second, ...rest].flatMap((number) => {
    const sevens = [number & 0x7f];
    for (let left = Math.floor(number / 128); left > 0; left = Math.floor(left / 128)) {
      sevens.unshift(0x80 | (left & 0x7f));
    }
    return sevens;
  });
  return element(tags.objectIdentifier, Uint8Array.from(bytes));
}

/** As Go writes it: UTCTime from 1950 to 2049, whole seconds. */
export function time(date: Date): Uint8Array {
  const text = date
    .toISOString()
    .replace(/\.\d+Z$/, "Z")
    .replace(/[-:T]/g, "");
  const year = date.getUTCFullYear();
  return year >= 1950 && year < 2050
    ? element(tags.utcTime, Buffer.from(text.slice(2)))
    : element(tags.generalizedTime, Buffer.from(text));
}

/** As Go writes strings of names. */
export function nameText(text: string): Uint8Array {
  const printable = /^[a-zA-Z0-9'()+,\-./ :=?]*$/.test(text);
  return element(printable ? 0x13 : 0x0c, Buffer.from(text));
}

import { latin1Of } from "./bytes.ts";

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

const readers: Readonly<Record<number, (bytes: Uint8Array) => string | undefined>> = {
  0x0c: utf8Text,
  0x12: (bytes) => matching(bytes, /^[0-9 ]*$/),
  // Go allows * and & too, as old certificates have them.
  0x13: (bytes) => matching(bytes, /^[a-zA-Z0-9'()+,\-./ :=?*&]*$/),
  0x14: latin1Of,
  0x16: ia5Text,
  0x1e: bmpText,
};

const names: Readonly<Record<number, string>> = {
  0x0c: "UTF-8 string",
  0x12: "NumericString",
  0x13: "PrintableString",
  0x16: "IA5String",
  0x1e: "BMPString",
};

/** A string of a distinguished name (x509.parseASN1String), or why it is none. */
export function readText(
  tag: number,
  bytes: Uint8Array,
): { readonly text: string } | { readonly why: string } {
  const reader = readers[tag];
  if (!reader) return { why: `unsupported string type: ${String(tag)}` };
  const text = reader(bytes);
  return text === undefined ? { why: `invalid ${names[tag] ?? "string"}` } : { text };
}

/** ASCII only. */
export function ia5Text(bytes: Uint8Array): string | undefined {
  return bytes.every((byte) => byte < 0x80) ? latin1Of(bytes) : undefined;
}

function matching(bytes: Uint8Array, pattern: RegExp): string | undefined {
  const text = latin1Of(bytes);
  return pattern.test(text) ? text : undefined;
}

function utf8Text(bytes: Uint8Array): string | undefined {
  try {
    return utf8.decode(bytes);
  } catch {
    return undefined;
  }
}

/** UCS-2: no surrogates and no noncharacters; a terminator is cut off. */
function bmpText(bytes: Uint8Array): string | undefined {
  if (bytes.length % 2 !== 0) return undefined;
  const units = Array.from(
    { length: bytes.length / 2 },
    (_, i) => (bytes[2 * i] ?? 0) * 256 + (bytes[2 * i + 1] ?? 0),
  );
  if (units.at(-1) === 0) units.pop();
  const text = units.map((unit) => String.fromCharCode(unit)).join("");
  return /[\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]/.test(text) ? undefined : text;
}

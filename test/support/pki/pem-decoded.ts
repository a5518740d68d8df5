import { hexOf } from "../../../src/pki/der/bytes.ts";
import { readPem } from "../../../src/pki/pem/read.ts";
import { random } from "../random.ts";
import { pemText, type Decoded } from "./pem-corpus.ts";

export const pemTable = "test/fixtures/x509/go-pem.txt";

/** The texts of the table of what Go decodes. */
export function pemTexts(): readonly string[] {
  const source = random(20_240_220);
  return Array.from({ length: 4000 }, () => pemText(source));
}

/** What we make of a text, as Go would tell it. */
export function decoded(text: string): Decoded {
  const { blocks, rest } = readPem(text);
  return {
    blocks: blocks.map(({ type, headers, bytes }) => ({
      type,
      headers: Object.fromEntries(headers),
      bytes: hexOf(bytes),
    })),
    rest: Buffer.byteLength(text.slice(rest)),
  };
}

import { createHash } from "node:crypto";
import { read, readBitString, readElement, readerOf, tags } from "../der/read.ts";
import type { Certificate } from "./certificate.ts";

/** The key identifier that Go gave to CAs before 1.25: SHA-1 of the key (RFC 5280 section 4.2.1.2, method 1). */
export function sha1KeyId({ publicKeyInfo }: Certificate): string | undefined {
  const spki = read(readerOf(publicKeyInfo), tags.sequence);
  if (!spki || !readElement(spki)) return undefined;
  const key = readBitString(spki);
  return key && createHash("sha1").update(key.bytes).digest("hex");
}

import { decodePem } from "../../pki/pem/decode.ts";
import { boringCertificates } from "./boring.ts";
import { nothing, refusedFor, type Reading } from "./reading.ts";

/**
 * How Contour reads `ca.crt`: while anything looks like the start of a block, the next block must be a certificate
 * (contour internal/dag/secret.go validateCABundle). What it takes goes to Envoy as it is written.
 */
export function contourBundle(text: string): Reading {
  let at = 0;
  let blocks = 0;
  while (hasHeader(text, at)) {
    const block = decodePem(text, at);
    if (!block)
      return refusedFor(
        { start: at, end: text.length, why: "it does not parse as a PEM block" },
        text,
      );
    if (block.type !== "CERTIFICATE")
      return refusedFor({ start: block.start, end: block.end, why: `it is a ${block.type}` }, text);
    blocks++;
    at = block.end;
  }
  if (blocks > 0) return boringCertificates(text);
  if (text === "") return nothing;
  return refusedFor({ start: 0, end: text.length, why: "it holds no certificate" }, text);
}

/** containsPEMHeader: `-----BEGIN`, and `-----` behind it on the same line. */
function hasHeader(text: string, from: number): boolean {
  const start = text.indexOf("-----BEGIN", from);
  if (start === -1) return false;
  const end = text.indexOf("-----", start + 10);
  return end !== -1 && !text.slice(start, end - 10).includes("\n");
}

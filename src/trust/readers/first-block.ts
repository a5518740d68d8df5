import { decodePem } from "../../pki/pem/decode.ts";
import { nothing, parsedBlock, withRest, type Reading } from "./reading.ts";

/**
 * How the activator reads `ca.crt` of routing-serving-certs: one pem.Decode, whatever the type of the block, and the
 * result used without a look at it (serving pkg/activator/certificate/cache.go addSecretCAIfPresent).
 */
export function firstBlock(text: string): Reading {
  if (text === "") return nothing;
  const block = decodePem(text, 0);
  if (!block) {
    const refused = { start: 0, end: text.length, why: "it holds no PEM block" };
    const panics =
      "pem.Decode finds no block, and its result is used unchecked: the process crashes";
    return withRest(text, { ...nothing, refused, panics }, "");
  }
  const { start, end } = block;
  const parsed = parsedBlock(block);
  const reading = parsed.ok
    ? { ...nothing, kept: [{ start, end, certificate: parsed.certificate }] }
    : { ...nothing, dropped: [{ start, end, why: parsed.why }] };
  return withRest(text, reading, "only the first block is read");
}

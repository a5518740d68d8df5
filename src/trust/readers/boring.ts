import { readPemAsBoring } from "../../pki/pem/boring.ts";
import {
  nothing,
  parsedBlock,
  refusedFor,
  withRest,
  type Dropped,
  type Kept,
  type Reading,
} from "./reading.ts";

const certificateTypes = new Set(["CERTIFICATE", "X509 CERTIFICATE", "TRUSTED CERTIFICATE"]);

/** How Envoy loads `trusted_ca`: a block that BoringSSL cannot read makes it refuse its configuration. */
export function boringCertificates(text: string): Reading {
  const read = readPemAsBoring(text);
  if (!read.ok)
    return refused({ start: read.at, end: endOfLine(text, read.at), why: read.why }, text);
  const kept: Kept[] = [];
  const dropped: Dropped[] = [];
  for (const block of read.blocks) {
    const { start, end, type } = block;
    const parsed = parsedBlock(block);
    if (!certificateTypes.has(type)) dropped.push({ start, end, why: `it is a ${type}` });
    else if (parsed.ok) kept.push({ start, end, certificate: parsed.certificate });
    else return refused({ start, end, why: parsed.why }, text);
  }
  return withRest(text, { ...nothing, kept, dropped }, "Envoy does not see it");
}

function refused({ start, end, why }: Dropped, text: string): Reading {
  return {
    ...refusedFor({ start, end, why: `Envoy cannot read it: ${why}` }, text),
    panics: `Envoy refuses its configuration: ${why}`,
  };
}

function endOfLine(text: string, at: number): number {
  const feed = text.indexOf("\n", at);
  return feed < 0 ? text.length : feed;
}

import { readPem } from "../../pki/pem/read.ts";
import { boringCertificates } from "./boring.ts";
import {
  nothing,
  parsedBlock,
  refusedFor,
  type Dropped,
  type Kept,
  type Reading,
} from "./reading.ts";

/**
 * How net-kourier reads a bundle key and `ca.crt`: any block that is no certificate, any that does not parse, and
 * anything behind the last one make it drop the whole key (net-kourier pkg/generator/ingress_translator.go
 * checkCertBundle).
 */
export function checkedWhole(text: string): Reading {
  if (text === "") return nothing;
  const { blocks, passedOver, rest } = readPem(text);
  const good: Kept[] = [];
  const faults: Dropped[] = [];
  for (const block of blocks) {
    const { start, end, type } = block;
    const parsed = parsedBlock(block);
    if (type !== "CERTIFICATE") faults.push({ start, end, why: `it is a ${type}` });
    else if (parsed.ok) good.push({ start, end, certificate: parsed.certificate });
    else faults.push({ start, end, why: parsed.why });
  }
  const [fault = behindLast(text, rest, good.length)] = faults;
  if (fault) return refusedFor(fault, text);
  return { ...nothing, kept: good, dropped: passedOver };
}

/**
 * What Kourier's gateway trusts of it: what net-kourier takes goes to Envoy as it is written, and Envoy refuses its
 * whole configuration for what Go passes over in silence.
 */
export function wholeKey(text: string): Reading {
  const checked = checkedWhole(text);
  return checked.refused || text === "" ? checked : boringCertificates(text);
}

/** The rest that pem.Decode hands back with its last block; a line break at the end of the END line is part of it. */
function behindLast(text: string, rest: number, blocks: number): Dropped | undefined {
  if (rest >= text.length) return undefined;
  const found = /\S(?:[^]*\S)?/.exec(text.slice(rest));
  const what = found ? "something that is no certificate" : "blank space";
  const why = blocks === 0 ? "it holds no certificate" : `${what} follows the last certificate`;
  const start = rest + (found?.index ?? 0);
  return { start, end: found ? start + found[0].length : text.length, why };
}

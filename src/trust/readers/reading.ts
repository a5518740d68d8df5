import { parseCertificate, type Parsed } from "../../pki/certificate/parse.ts";
import type { Certificate } from "../../pki/certificate/certificate.ts";
import type { PemBlock } from "../../pki/pem/decode.ts";
import { readPem } from "../../pki/pem/read.ts";

/** A stretch of the text that a reader was given, in UTF-16 code units. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

export interface Kept extends Stretch {
  readonly certificate: Certificate;
}

export interface Dropped extends Stretch {
  /** Continues "dropped, because". */
  readonly why: string;
}

/** What one component makes of one text: the certificates it takes, and everything else that looks like one. */
export interface Reading {
  readonly kept: readonly Kept[];
  readonly dropped: readonly Dropped[];
  /** The fault for which the component refuses the text as a whole, good certificates included. */
  readonly refused: Dropped | undefined;
  /** The component crashes on it. */
  readonly panics: string | undefined;
}

export type Read = (text: string) => Reading;

export const nothing: Reading = { kept: [], dropped: [], refused: undefined, panics: undefined };

export function parsedBlock(block: Pick<PemBlock, "bytes">): Parsed {
  return parseCertificate(block.bytes);
}

/** Nothing is kept: whatever is good is dropped with the rest, for one fault. */
export function refusedFor(fault: Dropped, text: string): Reading {
  const why = `the whole text is refused for another fault in it: ${fault.why}`;
  return withRest(text, { ...nothing, dropped: [fault], refused: fault }, why);
}

/** Adds every block of the text that the reading does not speak of, for the reason that Go or else the reader has. */
export function withRest(text: string, reading: Reading, why: string): Reading {
  const { blocks, passedOver } = readPem(text);
  const told = new Set([...reading.kept, ...reading.dropped].map(({ start }) => start));
  const others = [...passedOver, ...blocks.map(({ start, end }) => ({ start, end, why }))];
  const rest = others.filter(({ start }) => !told.has(start));
  const dropped = [...reading.dropped, ...rest].toSorted((x, y) => x.start - y.start);
  return { ...reading, dropped };
}

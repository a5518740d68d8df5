import { createHash } from "node:crypto";
import type { Random } from "../random.ts";

/** One PEM block, as every reader that follows Go should see it. */
export interface Decoded {
  readonly blocks: readonly {
    readonly type: string;
    readonly headers: Readonly<Record<string, string>>;
    /** Hexadecimal. */
    readonly bytes: string;
  }[];
  /** Bytes of UTF-8 behind the last block. */
  readonly rest: number;
}

/** A line of the table of what Go decodes: it changes with the text and with the outcome. */
export function fingerprint(text: string, { blocks, rest }: Decoded): string {
  const plain = blocks.map(({ type, headers, bytes }) => [
    type,
    Object.entries(headers).toSorted(byKey),
    bytes,
  ]);
  return createHash("sha256")
    .update(JSON.stringify([text, plain, rest]))
    .digest("hex")
    .slice(0, 12);
}

function byKey([a]: readonly [string, string], [b]: readonly [string, string]): number {
  return a < b ? -1 : 1;
}

/** Good and bad blocks, and what stands around them, put together at random. */
export function pemText(random: Random): string {
  const pieces = Array.from({ length: random.int(1, 6) }, () => piece(random));
  const text = pieces.join("");
  return random.chance(0.4) ? bent(random, text) : text;
}

function piece(random: Random): string {
  if (random.chance(0.5)) return block(random);
  const pieces: readonly [() => string, ...(() => string)[]] = [
    () => "# a comment\n",
    () => "\n",
    () => "  ",
    () => "\uFEFF",
    () => "-----BEGIN CERTIFICATE-----\n",
    () => "-----END CERTIFICATE-----\n",
    () => "\n-----END ",
    () => "-----BEGIN ",
    () => "-----",
    () => "Key: value\n",
    () => "Bag Attributes\n    friendlyName: x\n",
    () => "\u0085Key\u00a0:\u3000value\u2003\n\n",
    () => block(random).slice(0, -1),
    () => indented(block(random)),
    () => block(random).replaceAll("\n", "\r\n"),
    () => block(random).replaceAll("\n", "\r"),
    () => block(random).slice(0, random.int(1, 60)),
    () => block(random).toLowerCase(),
  ];
  return random.pick(pieces)();
}

function indented(text: string): string {
  return text.replaceAll(/^/gm, "  ");
}

function block(random: Random): string {
  const types = [
    "CERTIFICATE",
    "CERTIFICATE",
    "CERTIFICATE",
    "TRUSTED CERTIFICATE",
    "X",
    "",
    "PRIVATE KEY",
  ] as const;
  const type = random.pick(types);
  const end = random.chance(0.06) ? random.pick(types) : type;
  const data = base64(random);
  const headers = random.chance(0.12)
    ? random.pick(["Proc-Type: 4,ENCRYPTED\n\n", "A: b\n", ": x\n\n", "A:\nB: c: d\n\n"])
    : "";
  return `-----BEGIN ${type}-----\n${headers}${data}-----END ${end}-----\n`;
}

function base64(random: Random): string {
  const bytes = Buffer.from(Array.from({ length: random.int(0, 90) }, () => random.int(0, 255)));
  const text = bytes.toString("base64");
  const odd = random.chance(0.15)
    ? random.pick([
        text.replace(/=+$/, ""),
        text.replaceAll("+", "-").replaceAll("/", "_"),
        `${text}=`,
        `${text}\n=`,
        text.replaceAll(/.{8}/g, "$& "),
        `${text}${text}`,
      ])
    : text;
  const width = random.pick([64, 64, 76, 1000]);
  return odd === "" ? "" : `${odd.replaceAll(new RegExp(`.{${String(width)}}`, "g"), "$&\n")}\n`;
}

/** One place is spoilt. */
function bent(random: Random, text: string): string {
  const at = random.int(0, text.length);
  const insert = random.pick([
    "-",
    "\n",
    "\r",
    " ",
    "\t",
    ":",
    "=",
    "x",
    "\u0000",
    "é",
    "-----END X-----",
    "\n-----BEGIN X-----\n",
  ]);
  return random.pick([
    text.slice(0, at) + insert + text.slice(at),
    text.slice(0, at) + text.slice(at + 1),
    text.slice(0, at),
    text.slice(0, at) + text.slice(at + random.int(1, 30)),
    text.replace("-----\n-----BEGIN", "----------BEGIN"),
  ]);
}

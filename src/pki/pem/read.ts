import { begin, decodePem, type PassedOver, type PemBlock } from "./decode.ts";
import { lineAt } from "./line.ts";

export interface PemText {
  readonly blocks: readonly PemBlock[];
  /** In the order of the text. */
  readonly passedOver: readonly PassedOver[];
  /** Where the last block ends; Go finds nothing more from here on. */
  readonly rest: number;
}

/** Every block of a text as a loop over pem.Decode gives them, and everything that Go passed over. */
export function readPem(text: string): PemText {
  const blocks: PemBlock[] = [];
  const passedOver: PassedOver[] = [];
  let rest = 0;
  for (;;) {
    const block = decodePem(text, rest, (passed) => passedOver.push(passed));
    if (!block) break;
    blocks.push(block);
    rest = block.end;
  }
  const found = [...passedOver, ...unseen(text, blocks, passedOver)];
  return { blocks, passedOver: found.toSorted((a, b) => a.start - b.start), rest };
}

/** BEGIN markers for which Go never looked: none of them has an END of its own. */
function* unseen(
  text: string,
  blocks: readonly PemBlock[],
  passedOver: readonly PassedOver[],
): Iterable<PassedOver> {
  const seen = new Set([...blocks, ...passedOver].map(({ start }) => start));
  for (let at = text.indexOf(begin); at >= 0; at = text.indexOf(begin, at + begin.length)) {
    if (!seen.has(at)) yield { start: at, end: lineAt(text, at).end, why: withoutEnd(text, at) };
  }
}

function withoutEnd(text: string, at: number): string {
  const next = text.indexOf("-----", lineAt(text, at).end);
  if (next < 0) return "it has no END line";
  if (text.startsWith(begin, next)) return "another block begins before its END line";
  const before = text.slice(text.lastIndexOf("\n", next) + 1, next);
  if (/^[ \t]+$/.test(before)) return "its END line is indented";
  return before === "" ? "it has no END line" : "its END is not at the start of a line";
}

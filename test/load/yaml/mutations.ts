import * as fc from "fast-check";
import { manifests } from "./manifests.ts";

/** What a slip of the keyboard, a merge conflict or an enemy puts into a text. */
const fragments = [
  [" ", "  ", "\t", "\n", "\n\n", "\n ", "\n  ", "\r\n", "\r", "\u0085", "\u2028", "\uFEFF"],
  [":", ": ", "-", "- ", "? ", "?", ", ", "[", "]", "{", "}", "#", " #", '"', "'", "\\"],
  ["|", ">", "|-", ">+", "|2", ">1-", "&a ", "*a", "!", "!!str ", "!x ", "<<: ", "%", "@", "`"],
  ["---", "\n---\n", "...", "\n...\n", "x", "0", "~", "=", "é", "\\x41", "\\q", "\\/", "\u0007"],
].flat();

type Change = (text: string) => string;

const position = fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true });

/** Changes the line at a relative position. */
function onLine(change: (lines: string[], index: number) => void): fc.Arbitrary<Change> {
  return position.map((where) => (text) => {
    const lines = text.split("\n");
    change(lines, Math.floor(where * lines.length));
    return lines.join("\n");
  });
}

const insertion: fc.Arbitrary<Change> = fc
  .tuple(position, fc.constantFrom(...fragments))
  .map(([where, fragment]) => (text) => {
    const at = Math.floor(where * (text.length + 1));
    return text.slice(0, at) + fragment + text.slice(at);
  });

const deletion: fc.Arbitrary<Change> = fc
  .tuple(position, fc.integer({ min: 1, max: 4 }))
  .map(([where, length]) => (text) => {
    const at = Math.floor(where * text.length);
    return text.slice(0, at) + text.slice(at + length);
  });

const change = fc.oneof(
  { arbitrary: insertion, weight: 4 },
  { arbitrary: deletion, weight: 2 },
  onLine((lines, index) => lines.splice(index, 1, ` ${lines[index] ?? ""}`)),
  onLine((lines, index) => lines.splice(index, 1, (lines[index] ?? "").replace(/^ {1,2}/, ""))),
  onLine((lines, index) => lines.splice(index, 1)),
  onLine((lines, index) => lines.splice((index * 7) % lines.length, 0, lines[index] ?? "")),
);

/** One of the texts, or some lines of one, with one to three changes. */
export function mutatedFrom(texts: readonly string[]): fc.Arbitrary<string> {
  return fc
    .tuple(
      fc.constantFrom(...texts),
      fc.option(fc.tuple(position, fc.integer({ min: 2, max: 14 })), { freq: 2 }),
      fc.array(change, { minLength: 1, maxLength: 3 }),
    )
    .map(([text, part, changes]) => changes.reduce((changed, by) => by(changed), cut(text, part)));
}

export const mutatedText = mutatedFrom(manifests);

function cut(text: string, part: readonly [number, number] | null): string {
  if (!part) return text;
  const lines = text.split("\n");
  const first = Math.floor(part[0] * lines.length);
  return `${lines.slice(first, first + part[1]).join("\n")}\n`;
}

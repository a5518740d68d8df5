import { thousands } from "../model/thousands.ts";
const longest = 2000;
const kept = 1500;

/**
 * Control and format characters, lone surrogates, non-characters and what takes no room on the screen: all that could
 * steer a terminal, break XML, or make a text look like another one.
 */
const active = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\ufffe\uffff]/gu;

/** Combining marks that sit on nothing, and more of them than any script piles up (Unicode TR 15 allows 30). */
const piled = /(?<![\p{L}\p{N}\p{M}])\p{M}+|(?<=\p{M}{4})\p{M}+/gu;

/** Text of a file or a cluster made safe to print on one line: what is not visible is spelled out, what is huge is cut. */
export function inert(text: string): string {
  if (/^[ -~]*$/.test(text) && text.length <= longest) return text;
  const whole =
    text.length > longest ? `${text.slice(0, kept)}… (${thousands(text.length)} characters)` : text;
  return whole
    .replaceAll(active, spelled)
    .replaceAll(piled, (marks) => Array.from(marks, spelled).join(""));
}

/** A character that must not reach a terminal, as `\n` or `\u{1b}`. */
export function spelled(character: string): string {
  if (character === "\n") return String.raw`\n`;
  if (character === "\t") return " ";
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}

export function isActive(character: string): boolean {
  return character.search(active) !== -1;
}

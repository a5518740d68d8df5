const longest = 2000;
const kept = 1500;

/** Control and format characters, lone surrogates and non-characters: what could steer a terminal or break XML. */
const active = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\ufffe\uffff]/gu;

/** Text of a file or a cluster made safe to print on one line: what is not visible is spelled out, what is huge is cut. */
export function inert(text: string): string {
  const whole =
    text.length > longest
      ? `${text.slice(0, kept)}… (${text.length.toLocaleString("en-US")} characters)`
      : text;
  return whole.replaceAll(active, spelled);
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

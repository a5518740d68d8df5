import { inert } from "../show/inert.ts";

/** A word that can be no markup, mention, reference or address, wherever it stands. */
const harmless = /^[("']*(?:[A-Za-z]+(?:['-][A-Za-z]+)*|\d{1,6})?[)"',:;.?]*$/;

/**
 * Prose with names from files and clusters in it: whatever is more than a plain word becomes a code span, in which
 * nothing is markup, an address, @somebody or #1.
 */
export function prose(text: string): string {
  const stretches: { readonly isCode: boolean; readonly words: string[] }[] = [];
  for (const word of inert(text).split(" ")) {
    const isCode = !harmless.test(word);
    const last = stretches.at(-1);
    if (last?.isCode === isCode) last.words.push(word);
    else stretches.push({ isCode, words: [word] });
  }
  return stretches
    .map(({ isCode, words }) => (isCode ? codeWithin(words.join(" ")) : words.join(" ")))
    .join(" ");
}

/** Brackets and commas around a name stay outside of its code span. */
function codeWithin(word: string): string {
  const [, before = "", name = "", after = ""] = /^([("']*)(.*?)([)"',:;.?]*)$/s.exec(word) ?? [];
  return name === "" ? code(word) : before + code(name) + after;
}

/** A code span, also for text with backticks in it. */
export function code(text: string): string {
  const shown = inert(text);
  if (shown.trim() === "") return "";
  const runs = shown.match(/`+/g) ?? [];
  const fence = "`".repeat(Math.max(0, ...runs.map((run) => run.length)) + 1);
  const pad = /^`|`$/.test(shown) ? " " : "";
  return fence + pad + shown + pad + fence;
}

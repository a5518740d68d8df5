import { behindQuote } from "./quotes.ts";

/** Puts one character in the place of every one in a stretch. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly by: " " | "x";
}

/** How many characters a sticky pattern takes. */
export function match(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex - at : 0;
}

/** Passes a quoted scalar or a flow collection, and a comment that touches it. */
export function closed(shape: string, from: number, edits: Edit[]): number {
  const quote = /["']/.test(shape.charAt(from));
  const end = quote ? quoted(shape, from, edits) : flow(shape, from, edits);
  return shape[end] === "#" ? comment(shape, end, edits) : end;
}

export function comment(shape: string, start: number, edits: Edit[]): number {
  const end = start + match(/[^\r\n]*/y, shape, start);
  edits.push({ start, end, by: " " });
  return end;
}

function quoted(shape: string, from: number, edits: Edit[]): number {
  const end = behindQuote(shape, from) ?? shape.length;
  const special = shape[from] === '"' ? /[\r\n]|\\'|\\[^]/g : /[\r\n]/g;
  for (const { 0: found, index } of shape.slice(from, end).matchAll(special)) {
    const start = from + index;
    if (/^[\r\n]|'/.test(found)) edits.push({ start, end: start + found.length, by: " " });
  }
  return end;
}

function flow(shape: string, from: number, edits: Edit[]): number {
  let depth = 0;
  let fresh = true;
  for (let at = from; at < shape.length;) {
    const char = shape.charAt(at);
    if (/\s/.test(char)) at = space(shape, at, edits);
    else if (char === "#" && (fresh || /\s/.test(shape.charAt(at - 1)))) {
      at = comment(shape, at, edits);
    } else if (/[,:[\]{}]/.test(char)) {
      at++;
      fresh = true;
      depth += deeper[char] ?? 0;
      if (depth === 0) return at;
    } else {
      at = fresh && /["']/.test(char) ? closed(shape, at, edits) : plain(shape, at, edits);
      fresh = false;
    }
  }
  return shape.length;
}

const deeper: Readonly<Record<string, number>> = { "[": 1, "{": 1, "]": -1, "}": -1 };

function space(shape: string, from: number, edits: Edit[]): number {
  const end = from + match(/\s+/y, shape, from);
  edits.push({ start: from, end, by: " " });
  return end;
}

const word = /(?:[^\s,[\]{}:]|:(?![\s,[\]{}]))+/y;

/** Passes a word of a plain scalar, and a colon at its end that belongs to it. */
function plain(shape: string, from: number, edits: Edit[]): number {
  const end = from + match(word, shape, from);
  if (shape.slice(from, end) === "-" && /[,\]}]/.test(shape.charAt(end))) {
    edits.push({ start: from, end, by: "x" });
  }
  if (shape[end] !== ":" || !/[,[\]{}]/.test(shape.charAt(end + 1))) return Math.max(end, from + 1);
  edits.push({ start: end, end: end + 1, by: "x" });
  return end + 1;
}

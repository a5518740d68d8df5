interface Line {
  /** Without its break, a carriage return before that, and trailing spaces and tabs. */
  readonly text: string;
  /** Where its break starts. */
  readonly end: number;
  readonly next: number;
}

/** From an offset to the end of its line, as encoding/pem reads lines. */
export function lineAt(text: string, at: number): Line {
  const feed = text.indexOf("\n", at);
  if (feed < 0)
    return { text: trimRight(text, at, text.length), end: text.length, next: text.length };
  const end = feed > at && text[feed - 1] === "\r" ? feed - 1 : feed;
  return { text: trimRight(text, at, end), end, next: feed + 1 };
}

function trimRight(text: string, from: number, to: number): string {
  let stop = to;
  while (stop > from && (text[stop - 1] === " " || text[stop - 1] === "\t")) stop--;
  return text.slice(from, stop);
}

/** bytes.TrimSpace: unlike for String.trim, U+0085 is a space and a byte order mark is none. */
export function trimSpace(text: string): string {
  let [start, stop] = [0, text.length];
  while (start < stop && isSpace(text.charCodeAt(start))) start++;
  while (stop > start && isSpace(text.charCodeAt(stop - 1))) stop--;
  return text.slice(start, stop);
}

/** unicode.IsSpace. */
function isSpace(code: number): boolean {
  if (code < 0x100)
    return (code >= 9 && code <= 13) || code === 32 || code === 0x85 || code === 0xa0;
  return (
    (code >= 0x2000 && code <= 0x200a) ||
    [0x1680, 0x2028, 0x2029, 0x202f, 0x205f, 0x3000].includes(code)
  );
}

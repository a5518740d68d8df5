/**
 * Behind the quote that closes the one at `open`, or undefined where none does. Steps from quote to quote, so that
 * scalars of any size are no load for a regular expression.
 */
export function behindQuote(text: string, open: number): number | undefined {
  return text[open] === "'" ? behindSingle(text, open + 1) : behindDouble(text, open + 1);
}

function behindSingle(text: string, from: number): number | undefined {
  for (let at = text.indexOf("'", from); at !== -1; at = text.indexOf("'", at + 2)) {
    if (text[at + 1] !== "'") return at + 1;
  }
  return undefined;
}

function behindDouble(text: string, from: number): number | undefined {
  const mark = /["\\]/g;
  mark.lastIndex = from;
  for (let found = mark.exec(text); found; found = mark.exec(text)) {
    if (found[0] === '"') return mark.lastIndex;
    mark.lastIndex++;
  }
  return undefined;
}

/** A stretch of a text: offsets in UTF-16 code units, end exclusive. */
interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** Where a text may hold private values; the stretches of each kind in order and apart. */
export interface PrivateParts {
  /** From the mark that begins a private key to the one that ends it, or to the end of the text. */
  readonly keys: readonly Stretch[];
  /** The whole lines of Secrets. */
  readonly secrets: readonly Stretch[];
}

export function privateParts(text: string): PrivateParts {
  return { keys: keysIn(text), secrets: secretsIn(text) };
}

/** The stretch that holds an offset. */
export function stretchAt(stretches: readonly Stretch[], offset: number): Stretch | undefined {
  let low = 0;
  let high = stretches.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((stretches[middle]?.end ?? 0) > offset) high = middle;
    else low = middle + 1;
  }
  const found = stretches[low];
  return found && found.start <= offset ? found : undefined;
}

function keysIn(text: string): readonly Stretch[] {
  const found: Stretch[] = [];
  let start: number | undefined;
  for (const { 1: word, index, 0: mark } of text.matchAll(/(BEGIN|END) [A-Z ]*PRIVATE KEY-----/g)) {
    if (word === "BEGIN") start ??= index;
    else if (start !== undefined) {
      found.push({ start, end: index + mark.length });
      start = undefined;
    }
  }
  return start === undefined ? found : [...found, { start, end: text.length }];
}

/**
 * Known by the lines alone, as a text that does not parse is shown, too: the lines around a `kind` of Secret that are
 * indented like it, or the whole document where `kind` does not begin its line.
 */
function secretsIn(text: string): readonly Stretch[] {
  const found: Stretch[] = [];
  for (const { index } of text.matchAll(/["']?\bkind["']?\s*:\s*["']?Secret(?:List)?\b/g)) {
    if (index < (found.at(-1)?.end ?? 0)) continue;
    const line = startOfLine(text, index);
    const lead = text.slice(line, index);
    const stretch = /^\s*(?:-\s+)*$/.test(lead)
      ? { start: above(text, line, lead, found), end: below(text, index, lead.length) }
      : documentAt(text, index);
    while ((found.at(-1)?.end ?? 0) > stretch.start) found.pop();
    found.push(stretch);
  }
  return found;
}

/** Where the first of the lines above begins that belong to the same mapping. */
function above(text: string, line: number, lead: string, known: readonly Stretch[]): number {
  let start = line;
  let begun = lead.includes("-");
  let last = known.length - 1;
  while (!begun && start > 0) {
    const passed = known[last];
    if (passed && passed.end >= start && passed.start < start) {
      start = passed.start;
      last -= 1;
      continue;
    }
    const previous = startOfLine(text, start - 1);
    const content = text.slice(previous, start);
    const indent = content.search(/\S/);
    const item = /^\s*(?:-\s+)+/.exec(content)?.[0].length;
    const isPart = indent === -1 || indent >= lead.length || isComment(content);
    begun = /^(?:---|\.\.\.)/.test(content) || (!isPart && item !== lead.length);
    if (begun) break;
    begun = !isPart;
    start = previous;
  }
  return start;
}

/** Something that can begin another entry, or end the mapping around: a broken quoted string cannot. */
const structure = /^\s*(?:-(?:\s|$)|[}\]]|["']?[\w./-]+["']?\s*:(?:\s|$))/;

function below(text: string, index: number, column: number): number {
  let at = endOfLine(text, index);
  while (at < text.length) {
    const end = endOfLine(text, at);
    const content = text.slice(at, end);
    if (/^(?:---|\.\.\.)/.test(content)) break;
    const indent = content.search(/\S/);
    if (indent !== -1 && indent < column && structure.test(content)) break;
    at = end;
  }
  return at;
}

function isComment(line: string): boolean {
  return /^\s*#/.test(line);
}

function documentAt(text: string, offset: number): Stretch {
  const start = text.lastIndexOf("\n---", offset);
  const end = text.indexOf("\n---", offset);
  return { start: start + 1, end: end === -1 ? text.length : end + 1 };
}

function startOfLine(text: string, offset: number): number {
  return offset === 0 ? 0 : text.lastIndexOf("\n", offset - 1) + 1;
}

/** Past the line break. */
function endOfLine(text: string, offset: number): number {
  const found = text.indexOf("\n", offset);
  return found === -1 ? text.length : found + 1;
}

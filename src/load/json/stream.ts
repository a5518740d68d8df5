import { behindQuote } from "../yaml/quotes.ts";

export interface Stretch {
  readonly start: number;
  readonly end: number;
}

/**
 * The objects of a text in which JSON objects follow each other without a marker between them, as kubectl reads it
 * (k8s.io/apimachinery pkg/util/yaml, YAMLOrJSONDecoder); undefined for every other text. What follows the last object
 * and is none itself comes as one more stretch.
 */
export function jsonObjectsIn(text: string): readonly Stretch[] | undefined {
  const first = objectAt(text, 0);
  if (!first || !objectStart(text, first.end) || !isJson(text.slice(first.start, first.end))) {
    return undefined;
  }
  const stretches = [first];
  for (let at = first.end; ;) {
    const next = objectAt(text, at);
    if (!next) {
      if (/\S/.test(text.slice(at))) stretches.push({ start: at, end: text.length });
      return stretches;
    }
    stretches.push(next);
    at = next.end;
  }
}

function objectAt(text: string, from: number): Stretch | undefined {
  return objectStart(text, from) ? objectEnd(text, from) : undefined;
}

function objectStart(text: string, from: number): boolean {
  const space = /\s*\{/y;
  space.lastIndex = from;
  return space.test(text);
}

function objectEnd(text: string, from: number): Stretch | undefined {
  const bracket = /["[\]{}]/g;
  bracket.lastIndex = from;
  let depth = 0;
  for (let found = bracket.exec(text); found; found = bracket.exec(text)) {
    if (found[0] === '"') {
      const end = behindQuote(text, found.index);
      if (end === undefined) return undefined;
      bracket.lastIndex = end;
    } else {
      depth += "[{".includes(found[0]) ? 1 : -1;
      if (depth === 0) return { start: from, end: bracket.lastIndex };
    }
  }
  return undefined;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

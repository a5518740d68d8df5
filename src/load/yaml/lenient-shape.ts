import { closed, comment, match, type Edit } from "./lenient-flow.ts";

/**
 * go-yaml is more lenient than YAML 1.2, which the parsers here follow: quoted scalars and flow collections go on in any
 * column, comments need no blank before them, \' is an escape, and `-` and `a:` are plain scalars before a bracket or a
 * comma. So where a text is refused, it is tried again in this shape of the same length, in which all that is written
 * in a way that both understand. Values are read from the text itself, not from its shape.
 */
export function lenientShape(shape: string): string {
  const edits: Edit[] = [];
  let at = 0;
  while (at < shape.length) {
    at += match(marker, shape, at);
    if (at < shape.length) at = line(shape, at, edits);
  }
  return apply(shape, edits);
}

function apply(shape: string, edits: readonly Edit[]): string {
  let result = "";
  let done = 0;
  for (const { start, end, by } of edits) {
    result += shape.slice(done, start) + by.repeat(end - start);
    done = end;
  }
  return result + shape.slice(done);
}

/** A directive, or the `---` before the content of a document. */
const marker = /%[^\n]*\n?|---(?=[ \t\r\n]|$)[ \t]*(?:\r?\n)?/y;
const blank = /[ \t]*/y;
const indicator = /[-?:](?=[ \t\r\n]|$)/y;
const property = /[&!*][^ \t\r\n]*/y;
const blockHeader = /[|>][-+0-9]*[ \t]*/y;
const plain = /[^\n]*?(?=:(?:[ \t\r\n]|$)|[ \t]#|\r?\n|$)/y;
const restOfLine = /[^\n]*\n?/y;

/** Walks one line in block context, and what belongs to its last token; where the next line begins. */
function line(shape: string, from: number, edits: Edit[]): number {
  let column = match(/ */y, shape, from) - 1;
  let token = from;
  for (let at = from; ;) {
    const start = at;
    at += match(blank, shape, at);
    if (shape.slice(start, at).includes("\t")) edits.push({ start, end: at, by: " " });
    const char = shape.charAt(at);
    if (match(indicator, shape, at) > 0) {
      column = (char === ":" ? token : at) - from;
      token = ++at;
    } else if (match(property, shape, at) > 0) at += match(property, shape, at);
    else if (/["'[{]/.test(char)) {
      token = at;
      at = closed(shape, at, edits);
    } else if (match(blockHeader, shape, at) > 0) return block(shape, at, column, edits);
    else {
      token = at;
      at += char === "#" ? 0 : match(plain, shape, at);
      const key = at > token && match(indicator, shape, at) > 0;
      if (!key)
        return skipDeeper(shape, at + match(restOfLine, shape, at), at > token ? column : Infinity);
    }
  }
}

function block(shape: string, from: number, column: number, edits: Edit[]): number {
  const at = from + match(blockHeader, shape, from);
  const end = shape.charAt(at) === "#" ? comment(shape, at, edits) : at;
  return skipDeeper(shape, end + match(restOfLine, shape, end), column);
}

/** Passes lines that are blank or indented by more than `column`. */
function skipDeeper(shape: string, from: number, column: number): number {
  let at = from;
  while (at < shape.length) {
    const end = at + match(/ */y, shape, at);
    if (end - at <= column && !/[\r\n]/.test(shape.charAt(end))) break;
    at = end + match(restOfLine, shape, end);
  }
  return at;
}

import { behindBreak, isBreak, nextBreak, valueOfBreak } from "./line-break.ts";
import { Fault, type Dialect, type Emit, type Written } from "./node.ts";

const apostrophe = 39;
const backslash = 92;

/** Plain and quoted scalars: scannerc.go, yaml_parser_scan_plain_scalar and yaml_parser_scan_flow_scalar. */
export function scanFlow(source: string, written: Written, dialect: Dialect, emit: Emit): void {
  const { start, end, style } = written;
  const special = { single: apostrophe, double: backslash, plain: -1, literal: -1, folded: -1 };
  for (let at = start; at < end;) {
    const stop = nextBreak(source, at, end, special[style]);
    const escaped = style === "double" && source.charCodeAt(stop) === backslash;
    if (stop >= end) {
      emit(at, end);
      return;
    }
    if (escaped && !isBreak(source, stop + 1)) {
      emit(at, stop);
      at = escape(source, stop, end, dialect, emit);
    } else if (!escaped && !isBreak(source, stop)) {
      emit(at, stop);
      emit(stop, stop + 2, "'");
      at = stop + 2;
    } else {
      const from = escaped ? stop : blanksBefore(source, stop, at);
      emit(at, from);
      at = fold(source, from, end, escaped, emit);
    }
  }
}

/** Where the blanks begin that end just before `offset`; they do not count at the end of a line. */
function blanksBefore(text: string, offset: number, least: number): number {
  let start = offset;
  while (start > least && isBlank(text, start - 1)) start--;
  return start;
}

function isBlank(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code === 32 || code === 9;
}

/** A run of line breaks and blanks: one break folds to a space, of several all but the first stay. */
function fold(source: string, from: number, to: number, escaped: boolean, emit: Emit): number {
  let first = escaped ? "" : undefined;
  let rest = "";
  let end = escaped ? behindBreak(source, from + 1) : from;
  while (end < to) {
    if (isBlank(source, end)) {
      end++;
      continue;
    }
    if (!isBreak(source, end)) break;
    const value = valueOfBreak(source, end);
    if (first === undefined) first = value;
    else rest += value;
    end = behindBreak(source, end);
  }
  emit(from, end, first === "\n" ? rest || " " : (first ?? "") + rest);
  return end;
}

const simpleEscapes: Readonly<Record<string, string>> = {
  "0": "\0",
  a: "\u0007",
  b: "\b",
  t: "\t",
  "\t": "\t",
  n: "\n",
  v: "\v",
  f: "\f",
  r: "\r",
  e: "\u001B",
  " ": " ",
  '"': '"',
  "'": "'",
  "\\": "\\",
  N: "\u0085",
  _: "\u00A0",
  L: "\u2028",
  P: "\u2029",
};
const codeLength: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };

/** Emits what an escape stands for; where the text goes on. */
function escape(source: string, start: number, last: number, dialect: Dialect, emit: Emit): number {
  const letter = source.charAt(start + 1);
  const simple = dialect === "json" && letter === "/" ? "/" : simpleEscapes[letter];
  if (simple !== undefined) {
    emit(start, start + 2, simple);
    return start + 2;
  }
  const length = codeLength[letter];
  if (length === undefined) throw new Fault(`found unknown escape character \\${letter}`, start);
  const end = Math.min(start + 2 + length, last);
  emit(start, end, characterOf(source.slice(start + 2, end), length, dialect, start));
  return end;
}

function characterOf(digits: string, length: number, dialect: Dialect, at: number): string {
  if (digits.length < length || !/^[0-9a-fA-F]+$/.test(digits)) {
    throw new Fault("did not find expected hexadecimal number", at);
  }
  const code = Number.parseInt(digits, 16);
  if (code > 0x10ffff || (dialect === "yaml" && code >= 0xd800 && code <= 0xdfff)) {
    throw new Fault("found invalid Unicode character escape code", at);
  }
  return String.fromCodePoint(code);
}

import { invalid } from "./ast.ts";

export interface Piece {
  readonly type: "text" | "action";
  readonly text: string;
}

/** Cuts a template into text and actions, with `{{-` and `-}}` trimming and comments applied (text/template/parse/lex.go). */
export function pieces(template: string): readonly Piece[] {
  const found: Piece[] = [];
  let rest = template;
  let trimStart = false;
  for (;;) {
    const open = rest.indexOf("{{");
    const text = open === -1 ? rest : rest.slice(0, open);
    const trimEnd = open !== -1 && /^\{\{-\s/.test(rest.slice(open));
    const kept = trim(text, trimStart, trimEnd);
    if (kept) found.push({ type: "text", text: kept });
    if (open === -1) return found;
    const close = endOfAction(rest, open);
    const inner = rest.slice(open + 2, close);
    trimStart = /\s-$/.test(inner);
    const action = inner.replace(/^-\s/, "").replace(/\s-$/, "").trim();
    if (!(action.startsWith("/*") && action.endsWith("*/")))
      found.push({ type: "action", text: action });
    rest = rest.slice(close + 2);
  }
}

function trim(text: string, start: boolean, end: boolean): string {
  const left = start ? text.trimStart() : text;
  return end ? left.trimEnd() : left;
}

/** The offset of the `}}` that ends the action at `open`; quoted strings may hold braces. */
function endOfAction(text: string, open: number): number {
  for (let i = open + 2; i < text.length; i++) {
    const char = text[i];
    if (char === '"' || char === "`") i = endOfQuote(text, i, char);
    else if (text.startsWith("}}", i)) return i;
  }
  throw invalid("unclosed action");
}

function endOfQuote(text: string, start: number, quote: string): number {
  for (let i = start + 1; i < text.length; i++) {
    if (text[i] === "\\" && quote === '"') i++;
    else if (text[i] === quote) return i;
  }
  throw invalid(quote === '"' ? "unterminated quoted string" : "unterminated raw quoted string");
}

export type Token = {
  readonly type: "word" | "field" | "string" | "number" | "other";
  readonly text: string;
};

const tokenPattern =
  /\s+|(?<string>"(?:\\.|[^"\\])*"|`[^`]*`)|(?<field>(?:\.[A-Za-z_]\w*)+|\.)|(?<number>[-+]?\d+(?:\.\d+)?)|(?<word>[A-Za-z_]\w*)|(?<other>[^\s])/g;

export function tokens(action: string): readonly Token[] {
  const found: Token[] = [];
  for (const match of action.matchAll(tokenPattern)) {
    const groups = match.groups ?? {};
    for (const type of ["string", "field", "number", "word", "other"] as const) {
      const text = groups[type];
      if (text !== undefined) found.push({ type, text });
    }
  }
  return found;
}

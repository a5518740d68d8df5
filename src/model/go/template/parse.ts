import { invalid, unsupported, type Branch, type Expression, type Node } from "./ast.ts";
import { pieces, tokens, type Piece, type Token } from "./scan.ts";

const modelled = new Set(["index", "print", "printf", "eq", "ne", "and", "or", "not", "len"]);
/** The other functions that text/template defines; a name in neither list does not parse in Go (funcs.go builtins). */
const otherBuiltins = new Set([
  "call",
  "html",
  "slice",
  "js",
  "println",
  "urlquery",
  "ge",
  "gt",
  "le",
  "lt",
]);
const otherActions = new Set(["range", "with", "define", "template", "block", "break", "continue"]);

export function parseTemplate(template: string): readonly Node[] {
  const input = pieces(template);
  const { nodes, next, end } = parseList(input, 0);
  if (end !== undefined) throw invalid(`unexpected {{${end}}}`);
  if (next !== input.length) throw invalid("unexpected end of template");
  return nodes;
}

interface Parsed {
  readonly nodes: readonly Node[];
  /** Index of the piece after the list. */
  readonly next: number;
  /** The `end` or `else ...` action that ended the list; undefined at the end of the template. */
  readonly end: string | undefined;
}

function parseList(input: readonly Piece[], from: number): Parsed {
  const nodes: Node[] = [];
  for (let i = from; i < input.length; i++) {
    const piece = input[i];
    if (!piece) break;
    if (piece.type === "text") {
      nodes.push({ type: "text", text: piece.text });
      continue;
    }
    const [word, condition] = splitWord(piece.text);
    if (word === "end" || word === "else") return { nodes, next: i + 1, end: piece.text };
    if (otherActions.has(word)) throw unsupported(`{{${word}}}`);
    if (word !== "if") {
      nodes.push({ type: "print", value: parsePipeline(tokens(piece.text)) });
      continue;
    }
    const parsed = parseIf(input, i + 1, condition);
    nodes.push(parsed.node);
    i = parsed.next - 1;
  }
  return { nodes, next: input.length, end: undefined };
}

function parseIf(
  input: readonly Piece[],
  from: number,
  condition: string,
): { node: Node; next: number } {
  const branches: Branch[] = [];
  let otherwise: readonly Node[] = [];
  let test: string | undefined = condition;
  let next = from;
  for (;;) {
    const body = parseList(input, next);
    next = body.next;
    if (test === undefined) otherwise = body.nodes;
    else branches.push({ condition: parsePipeline(tokens(test)), body: body.nodes });
    if (body.end === undefined) throw invalid("unexpected EOF");
    if (body.end === "end") return { node: { type: "if", branches, otherwise }, next };
    if (test === undefined) throw invalid("expected end; found {{else}}");
    const [, rest] = splitWord(body.end);
    const [word, nested] = splitWord(rest);
    if (rest !== "" && word !== "if") throw invalid(`unexpected {{else ${word}}}`);
    test = rest === "" ? undefined : nested;
  }
}

function splitWord(action: string): readonly [string, string] {
  const match = /^(\S*)\s*([^]*)$/.exec(action);
  return [match?.[1] ?? "", match?.[2] ?? ""];
}

/** `a | f b` is `f b a`: the value before the bar becomes the last argument. */
function parsePipeline(input: readonly Token[]): Expression {
  const commands = splitTopLevel(input);
  let value: Expression | undefined;
  for (const command of commands) value = parseCommand(command, value);
  if (!value) throw invalid("missing value for command");
  return value;
}

function splitTopLevel(input: readonly Token[]): readonly (readonly Token[])[] {
  const commands: Token[][] = [[]];
  let depth = 0;
  for (const token of input) {
    if (token.text === "(") depth++;
    if (token.text === ")") depth--;
    if (token.type === "other" && token.text === "|" && depth === 0) commands.push([]);
    else commands.at(-1)?.push(token);
  }
  return commands;
}

function parseCommand(input: readonly Token[], piped: Expression | undefined): Expression {
  const [head] = input;
  if (!head) throw invalid("missing value for command");
  const isCall = head.type === "word" && !["true", "false", "nil"].includes(head.text);
  const args = parseArguments(isCall ? input.slice(1) : input);
  if (isCall)
    return { type: "call", name: functionName(head.text), args: piped ? [...args, piped] : args };
  const [only, extra] = args;
  if (!only || extra || piped) throw invalid(`can't give argument to non-function ${head.text}`);
  return only;
}

function functionName(name: string): string {
  if (modelled.has(name)) return name;
  if (otherBuiltins.has(name)) throw unsupported(`the function ${name}`);
  throw invalid(`function "${name}" not defined`);
}

function parseArguments(input: readonly Token[]): readonly Expression[] {
  const args: Expression[] = [];
  for (let i = 0; i < input.length; i++) {
    const token = input[i];
    if (!token) break;
    if (token.text === "(" && token.type === "other") {
      const close = closing(input, i);
      args.push(parsePipeline(input.slice(i + 1, close)));
      i = close;
    } else args.push(parseOperand(token));
  }
  return args;
}

function closing(input: readonly Token[], open: number): number {
  let depth = 0;
  for (let i = open; i < input.length; i++) {
    if (input[i]?.text === "(") depth++;
    if (input[i]?.text === ")" && --depth === 0) return i;
  }
  throw invalid("unclosed left paren");
}

function parseOperand(token: Token): Expression {
  if (token.type === "field") return { type: "field", path: token.text.split(".").filter(Boolean) };
  if (token.type === "number") return { type: "literal", value: Number(token.text) };
  if (token.type === "string") return { type: "literal", value: unquote(token.text) };
  if (token.text === "true" || token.text === "false")
    return { type: "literal", value: token.text === "true" };
  if (token.text === "nil") throw invalid("nil is not a command");
  if (token.type === "word") return { type: "call", name: functionName(token.text), args: [] };
  if (token.text === "$") throw unsupported("variables");
  throw invalid(`unexpected "${token.text}" in operand`);
}

function unquote(text: string): string {
  if (text.startsWith("`")) return text.slice(1, -1);
  try {
    const value: unknown = JSON.parse(text);
    return String(value);
  } catch {
    throw unsupported(`the escapes in ${text}`);
  }
}

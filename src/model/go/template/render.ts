import {
  invalid,
  TemplateFault,
  unsupported,
  type Expression,
  type Node,
  type TemplateProblem,
} from "./ast.ts";
import { parseTemplate } from "./parse.ts";

export type { TemplateProblem } from "./ast.ts";

/** The struct that a template is executed with: fields are strings or maps of strings (undefined: a nil map). */
export type TemplateData = Readonly<
  Record<string, string | ReadonlyMap<string, string> | undefined>
>;

/** A map entry that is not there, reached as `.Labels.x` and not by `index`: Go prints it as "<no value>". */
const noValue = Symbol("no value");

type Value = string | number | boolean | ReadonlyMap<string, string> | undefined | typeof noValue;

/**
 * Renders a Go text/template. Modelled: fields, if/else, index, printf, print, eq, ne, and, or, not, len, pipelines.
 * A template that Go would not parse or execute is `invalid`; anything else outside this part is `unsupported`.
 */
export function renderTemplate(
  template: string,
  data: TemplateData,
): { readonly text: string } | TemplateProblem {
  try {
    return { text: renderList(parseTemplate(template), data) };
  } catch (fault) {
    if (fault instanceof TemplateFault) return fault.problem;
    throw fault;
  }
}

function renderList(nodes: readonly Node[], data: TemplateData): string {
  return nodes.map((node) => renderNode(node, data)).join("");
}

function renderNode(node: Node, data: TemplateData): string {
  if (node.type === "text") return node.text;
  if (node.type === "print") return show(evaluate(node.value, data));
  const taken = node.branches.find((branch) => truth(evaluate(branch.condition, data)));
  return renderList(taken ? taken.body : node.otherwise, data);
}

function evaluate(expression: Expression, data: TemplateData): Value {
  if (expression.type === "literal") return expression.value;
  if (expression.type === "field") return field(expression.path, data);
  return call(
    expression.name,
    expression.args.map((arg) => evaluate(arg, data)),
  );
}

function field(path: readonly string[], data: TemplateData): Value {
  const [first, second, third] = path;
  if (first === undefined) throw unsupported("printing the whole value");
  if (!Object.hasOwn(data, first)) throw invalid(`can't evaluate field ${first}`);
  const value = data[first];
  if (second === undefined) return value;
  if (typeof value === "string" || third !== undefined)
    throw invalid(`can't evaluate field ${second} in type string`);
  return value?.get(second) ?? noValue;
}

function call(name: string, args: readonly Value[]): Value {
  const [first, second] = args;
  switch (name) {
    case "index":
      return index(first, args.slice(1));
    case "print":
      return args.map(show).join("");
    case "printf":
      return printf(first, args.slice(1));
    case "eq":
      return args.slice(1).some((other) => other === first);
    case "ne":
      return first !== second;
    case "and":
      return args.find((arg) => !truth(arg)) ?? args.at(-1);
    case "or":
      return args.find(truth) ?? args.at(-1);
    case "not":
      return !truth(first);
    default:
      return length(first);
  }
}

function index(value: Value, keys: readonly Value[]): Value {
  const [key, extra] = keys;
  if (typeof value !== "object" && value !== undefined)
    throw unsupported("index of something other than a map");
  if (typeof key !== "string" || extra !== undefined)
    throw invalid("error calling index: cannot index map with that key");
  return value?.get(key) ?? "";
}

function length(value: Value): number {
  if (typeof value === "string") return new TextEncoder().encode(value).length;
  if (typeof value === "object" || value === undefined) return value?.size ?? 0;
  throw invalid("error calling len: not a string or map");
}

function printf(format: Value, args: readonly Value[]): string {
  if (typeof format !== "string")
    throw invalid("error calling printf: wrong type for value; expected string");
  let next = 0;
  const text = format.replaceAll(/%(.?)/g, (_all, verb: string) => {
    if (verb === "%") return "%";
    if (!["s", "v", "d", "q"].includes(verb)) throw unsupported(`printf verb %${verb}`);
    const arg = args[next++];
    if (arg === undefined || ((verb === "d") !== (typeof arg === "number") && verb !== "v"))
      throw unsupported(`printf %${verb} of this value`);
    return verb === "q" ? JSON.stringify(arg) : show(arg);
  });
  if (next < args.length) throw unsupported("printf with extra arguments");
  return text;
}

function truth(value: Value): boolean {
  if (value === noValue) return false;
  return typeof value === "object" ? value.size > 0 : Boolean(value);
}

function show(value: Value): string {
  if (value === noValue) return "<no value>";
  if (typeof value === "object" || value === undefined) throw unsupported("printing a map");
  return String(value);
}

import { stretchAt, type PrivateParts } from "./private-parts.ts";

/** Longer runs of base64 are no words; a key may hide in them. */
const longRun = /[A-Za-z0-9+/=_-]{40,}/g;
const shownOfRun = 8;
const field = /^(\s*(?:-\s+)?["']?[\w./-]+["']?\s*:(?:\s+|$))(.*)$/s;
const ownField = /^\s*(?:-\s+)?["']?(?:apiVersion|kind|name|namespace|type)["']?\s*:/;
const plainValue = /^(["']?)[\w./-]*\1,?\s*$/;
const secretValues = /^\s*(?:-\s+)?["']?(?:data|stringData)["']?\s*:/;
/** Nothing, or what opens a collection. */
const endsOnItsLine = /^(?:[&!]\S*\s*)?(?:[{[].*)?$/s;

/**
 * The lines with everything blanked that could be private: private keys, values in a Secret, and all but the start of
 * long base64. Lengths stay, so that a caret still points at the right column. `offset` is where in the text the lines
 * are: anywhere in the first of them.
 */
export function blankSecrets(
  text: string,
  { keys, secrets }: PrivateParts,
  offset: number,
  lines: readonly string[],
): readonly string[] {
  let at = text.lastIndexOf("\n", offset - 1) + 1;
  let inside: ReturnType<typeof stretchAt>;
  let values: Values | undefined;
  return lines.map((line) => {
    const start = at;
    at = text.indexOf("\n", start) + 1 || text.length;
    const secret = stretchAt(secrets, start);
    if (secret !== inside) values = secret && valuesOf(text.slice(secret.start, start));
    inside = secret;
    const part = values?.part(line);
    if (stretchAt(keys, start) !== undefined || line.includes("PRIVATE KEY"))
      return line.replaceAll(/[^\s-]/g, "*");
    const blanked = part ? blankValue(line, part) : line;
    return blanked.replaceAll(longRun, (run) => run.slice(0, shownOfRun).padEnd(run.length, "."));
  });
}

/** What a line of a Secret is: a field of its own, an entry of its data, or more of the value of one. */
type Part = "field" | "entry" | "value";

interface Values {
  /** Of the next line. */
  readonly part: (line: string) => Part;
}

/** Knows, line after line, what belongs to the `data` of a Secret and what to a value, told the lines that it begins with. */
function valuesOf(before: string): Values {
  let data = -1;
  let entries = -1;
  let scalar = -1;
  const part = (line: string): Part => {
    const indent = line.search(/\S/);
    if (indent === -1 || (scalar >= 0 && indent > scalar)) return "value";
    const [, lead = "", value = ""] = field.exec(line) ?? [];
    if (lead === "") return "value";
    const column = lead.search(/[^\s-]/);
    scalar = endsOnItsLine.test(value) ? -1 : column;
    return belowData(column, lead);
  };
  const belowData = (column: number, lead: string): Part => {
    if (column > data && data >= 0) {
      if (entries < 0) entries = column;
      return column === entries ? "entry" : "value";
    }
    data = secretValues.test(lead) ? column : -1;
    entries = -1;
    return "field";
  };
  for (const line of before.split("\n").slice(0, -1)) part(line);
  return { part };
}

/** Words of the object itself stay readable; values of data are not shown, whatever their keys are called. */
function blankValue(line: string, part: Part): string {
  const [, key, value = ""] = field.exec(line) ?? [];
  if (part === "value" || key === undefined) return isBrackets(line) ? line : stars(line);
  const isOwn = part === "field" && ownField.test(key) && plainValue.test(value);
  return key + (isOwn ? value : stars(value));
}

function isBrackets(line: string): boolean {
  return /^[\s{}[\],-]*$/.test(line);
}

function stars(value: string): string {
  return value.replaceAll(/\S/g, "*");
}

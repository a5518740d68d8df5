/** Longer runs of base64 are no words; a key may hide in them. */
const longRun = /[A-Za-z0-9+/=_-]{40,}/g;
const shownOfRun = 8;
const entry = /^(\s*(?:-\s+)?["']?[\w./-]+["']?\s*:\s+)(.*)$/;
const secretValues = /^(\s*)(?:-\s+)?["']?(?:data|stringData)["']?\s*:/;

/**
 * The lines with everything blanked that could be private: lines between the marks of a private key, values in a
 * Secret, and all but the start of long base64. Lengths stay, so that a caret still points at the right column.
 * `offset` is where in the text the lines are: anywhere in the first of them.
 */
export function blankSecrets(
  text: string,
  offset: number,
  lines: readonly string[],
): readonly string[] {
  let inKey = isInsidePrivateKey(text, offset);
  const values = isInSecret(text, offset) ? valuesBefore(text, offset) : undefined;
  return lines.map((line) => {
    const isMark = line.includes("PRIVATE KEY");
    const isPrivate = inKey || isMark;
    if (isMark) inKey = line.lastIndexOf("-----BEGIN ") > line.lastIndexOf("-----END ");
    const isValue = values?.holds(line) ?? false;
    if (isPrivate) return line.replaceAll(/[^\s-]/g, "*");
    const blanked = values ? blankValue(line, isValue) : line;
    return blanked.replaceAll(longRun, (run) => run.slice(0, shownOfRun).padEnd(run.length, "."));
  });
}

function isInsidePrivateKey(text: string, offset: number): boolean {
  const begin = text.lastIndexOf("PRIVATE KEY-----", offset);
  return begin !== -1 && /-----BEGIN [A-Z ]*$/.test(text.slice(Math.max(0, begin - 40), begin));
}

/** Whether the document around the offset is a Secret, or a list that may hold one. */
function isInSecret(text: string, offset: number): boolean {
  const start = text.lastIndexOf("\n---", offset);
  const end = text.indexOf("\n---", offset);
  const document = text.slice(start === -1 ? 0 : start, end === -1 ? undefined : end);
  return /kind["']?\s*:\s*["']?Secret\b/.test(document);
}

interface Values {
  /** Whether the next line is below `data` or `stringData`. */
  holds(line: string): boolean;
}

/** Knows, line after line, what lies below the `data` of a Secret, told the lines of its document up to the offset. */
function valuesBefore(text: string, offset: number): Values {
  let depth = -1;
  const holds = (line: string): boolean => {
    const indent = line.search(/\S/);
    if (indent === -1) return depth >= 0;
    const [, found] = secretValues.exec(line) ?? [];
    if (found !== undefined && (depth < 0 || indent <= depth)) {
      depth = found.length;
      return false;
    }
    if (indent <= depth) depth = -1;
    return depth >= 0;
  };
  const start = text.lastIndexOf("\n---", offset);
  const before = text.slice(start === -1 ? 0 : start + 1, offset).split("\n");
  for (const line of before.slice(0, -1)) holds(line);
  return { holds };
}

/** Words of the object itself stay readable; values of data are not shown, whatever their keys are called. */
function blankValue(line: string, isBelowData: boolean): string {
  const [, key, value = ""] = entry.exec(line) ?? [];
  if (isBelowData)
    return key === undefined
      ? line.replace(
          /^(\s*(?:["']?[\w./-]+["']?\s*:)?)(.*)$/,
          (_line, head: string, rest: string) => head + stars(rest),
        )
      : key + stars(value);
  if (key === undefined) return line;
  const isOwnField = /^\s*(?:-\s+)?["']?(?:apiVersion|kind|name|namespace|type)["']?\s*:/.test(key);
  return key + (isOwnField ? value : stars(value));
}

function stars(value: string): string {
  return value.replaceAll(/\S/g, "*");
}

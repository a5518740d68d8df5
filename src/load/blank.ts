/** Longer runs of base64 are no words; a key may hide in them. */
const longRun = /[A-Za-z0-9+/=_-]{40,}/g;
const shownOfRun = 8;

/**
 * The lines with everything blanked that could be private: lines between the marks of a private key, values in a
 * Secret, and all but the start of long base64. Lengths stay, so that a caret still points at the right column.
 */
export function blankSecrets(
  text: string,
  offset: number,
  lines: readonly string[],
): readonly string[] {
  const inKey = isInsidePrivateKey(text, offset);
  const inSecret = isInSecret(text, offset);
  return lines.map((line) => {
    if (inKey || line.includes("PRIVATE KEY")) return line.replaceAll(/[^\s-]/g, "*");
    const blanked = inSecret
      ? line.replace(/^(\s*(?:-\s+)?["']?[\w.-]+["']?\s*:\s+)(.*)$/, keepShort)
      : line;
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

/** Words of the object itself stay readable; values of data are not shown. */
function keepShort(_line: string, key: string, value: string): string {
  const isOwnField = /^\s*(?:-\s+)?["']?(?:apiVersion|kind|name|namespace|type)["']?\s*:/.test(key);
  return key + (isOwnField ? value : value.replaceAll(/\S/g, "*"));
}

/** What go-yaml (yamlprivateh.go, is_break) takes for the end of a line, as the source of a regular expression. */
export const lineBreak = String.raw`\r\n?|[\n\u0085\u2028\u2029]`;

/** The next line break, or character with the code `other`, from `at` on; `end` where there is none. */
export function nextBreak(text: string, at: number, end: number, other = -1): number {
  let stop = at;
  while (stop < end && text.charCodeAt(stop) !== other && !isBreak(text, stop)) stop++;
  return stop;
}

export function isBreak(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code === 10 || code === 13 || code === 0x85 || code === 0x2028 || code === 0x2029;
}

export function behindBreak(text: string, at: number): number {
  return text.startsWith("\r\n", at) ? at + 2 : at + 1;
}

/** Every line break is a line feed, save the Unicode separators, which stay what they are (yaml_parser_read_line). */
export function valueOfBreak(text: string, at: number): string {
  const char = text.charAt(at);
  return char === "\u2028" || char === "\u2029" ? char : "\n";
}

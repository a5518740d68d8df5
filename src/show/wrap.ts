/**
 * Breaks a text at spaces so that no line is wider than `width` columns, where words allow it. Lines after the first
 * start with `indent` spaces; `taken` columns of the first line are in use already.
 */
export function wrap(text: string, width: number, indent: number, taken = indent): string[] {
  const lines: string[] = [];
  let line = "";
  let room = Math.max(20, width - taken);
  for (const word of text.split(" ")) {
    if (line !== "" && line.length + 1 + word.length > room) {
      lines.push(line);
      line = word;
      room = Math.max(20, width - indent);
    } else line = line === "" ? word : `${line} ${word}`;
  }
  lines.push(line);
  return lines.map((one, i) => (i === 0 ? one : " ".repeat(indent) + one));
}

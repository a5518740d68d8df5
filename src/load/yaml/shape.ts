/** Line breaks that YAML 1.1 knows besides LF and CRLF, and byte order marks. */
const other = /\r(?!\n)|[\u0085\u2028\u2029\uFEFF]/g;
/** js-yaml takes these for markers before any content even where they are indented. */
const indentedMarker = /^((?:[ \t]*(?:#.*)?\n)*[ \t]+)(?:---|\.\.\.)(?=\s|$)/;

/**
 * The text as the parsers shall see it, of the same length: they follow YAML 1.2, go-yaml 1.1. Values are read from the
 * text itself. A byte order mark is one only at the very start; elsewhere it is a character like others.
 */
export function shapeOf(text: string): string {
  return text
    .replaceAll(other, (char, offset) => (char === "\uFEFF" && offset > 0 ? "x" : "\n"))
    .replace(indentedMarker, "$1xxx");
}

import { behindBreak, nextBreak, valueOfBreak } from "./line-break.ts";
import type { Emit, Written } from "./node.ts";

/** Literal and folded scalars: scannerc.go, yaml_parser_scan_block_scalar. */
export function scanBlock(source: string, written: Written, emit: Emit): void {
  const { style, end, indent, chomp } = written;
  /** The break behind the last line, and those of the empty lines that followed it. */
  let leading = -1;
  let trailing: number[] = [];
  let indented = false;
  for (let at = written.start; at < end;) {
    const lineEnd = nextBreak(source, at, end);
    const content = contentOf(source, at, lineEnd, indent);
    at = lineEnd < end ? behindBreak(source, lineEnd) : end;
    if (content < 0) {
      if (lineEnd < end) trailing.push(lineEnd);
      continue;
    }
    const more = source[content] === " " || source[content] === "\t";
    joinLines(source, leading, trailing, style === "folded" && !indented && !more, emit);
    emit(content, lineEnd);
    leading = lineEnd < end ? lineEnd : -1;
    trailing = [];
    indented = more;
  }
  if (chomp !== "strip") emitBreak(source, leading, emit);
  if (chomp === "keep") for (const empty of trailing) emitBreak(source, empty, emit);
}

/** What stands between two lines; a single line feed folds to a space. */
function joinLines(
  source: string,
  leading: number,
  trailing: readonly number[],
  folds: boolean,
  emit: Emit,
): void {
  const folded = folds && leading >= 0 && valueOfBreak(source, leading) === "\n";
  if (folded && trailing.length === 0) emit(leading, behindBreak(source, leading), " ");
  if (!folded) emitBreak(source, leading, emit);
  for (const empty of trailing) emitBreak(source, empty, emit);
}

function emitBreak(source: string, at: number, emit: Emit): void {
  if (at < 0) return;
  const end = behindBreak(source, at);
  const value = valueOfBreak(source, at);
  if (source.slice(at, end) === value) emit(at, end);
  else emit(at, end, value);
}

/** Where a line's content begins; -1 for a line that is blank up to the block's indentation. */
function contentOf(source: string, start: number, end: number, indent: number): number {
  if (indent < 0) return -1;
  let content = start;
  while (content < end && content - start < indent && source[content] === " ") content++;
  return content < end ? content : -1;
}

import { scanBlock } from "./block-scalar.ts";
import { scanFlow } from "./flow-scalar.ts";
import { isBlock, type Dialect, type Emit, type Piece, type Written } from "./node.ts";

/** Re-reads a scalar's source as go.yaml.in/yaml/v2 scannerc.go does. Throws a Fault for an escape that it refuses. */
function scan(source: string, written: Written, dialect: Dialect, emit: Emit): void {
  if (written.start < 0) return;
  if (isBlock(written.style)) scanBlock(source, written, emit);
  else scanFlow(source, written, dialect, emit);
}

/** The pieces of a scalar, in the order of its source. */
export function piecesOf(source: string, written: Written, dialect: Dialect): readonly Piece[] {
  const pieces: Piece[] = [];
  scan(source, written, dialect, (start, end, text) => {
    if (start < end) pieces.push({ start, end, text });
  });
  return pieces;
}

/** So many parts are joined at a time; a scalar may have millions. */
const batch = 4096;

/** The value of a scalar, always a string. */
export function textOf(source: string, written: Written, dialect: Dialect): string {
  let parts: string[] = [];
  let whole = "";
  let from = 0;
  let to = 0;
  const flush = () => {
    if (from < to) parts.push(source.slice(from, to));
    from = to = 0;
    if (parts.length < batch) return;
    whole += parts.join("");
    parts = [];
  };
  scan(source, written, dialect, (start, end, text) => {
    if (text === undefined && start === to) {
      to = end;
      return;
    }
    flush();
    if (text === undefined) [from, to] = [start, end];
    else parts.push(text);
  });
  flush();
  return whole + parts.join("");
}

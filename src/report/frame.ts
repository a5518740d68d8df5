import type { Excerpt, Location } from "../model/location.ts";
import { markedLines } from "../show/marked-lines.ts";
import type { Paint } from "./paint.ts";

/** The lines of a range with carets under it; the gutter is as wide as the largest line number. */
export function frame(location: Location, excerpt: Excerpt, width: number, paint: Paint): string[] {
  const last = excerpt.firstLine + excerpt.lines.length - 1;
  const gutter = String(last).length;
  const bar = paint.frame(`${" ".repeat(gutter)} |`);
  const room = Math.max(20, width - gutter - 4);
  const shown = markedLines(location, excerpt, room).flatMap(({ number, text, indent, carets }) => {
    const head = paint.frame(`${String(number).padStart(gutter)} |`);
    return [`${head} ${text}`.trimEnd(), `${bar} ${indent}${paint.caret(carets)}`];
  });
  const more = location.endLine > last ? [paint.frame(`${" ".repeat(gutter)} ⋮`)] : [];
  return [bar, ...shown, ...more];
}

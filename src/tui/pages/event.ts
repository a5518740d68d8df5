import { distance } from "../../show/distance.ts";
import type { Contents } from "../contents.ts";
import { blank, folded, line, span, type Line } from "../line.ts";
import { entryRole } from "../views/timeline.ts";

/** One event of the timeline, with what leads there and what it takes. */
export function eventPage(contents: Contents, key: string, width: number): readonly Line[] {
  const entry = contents.timeline.work().all.find(({ haystack }) => haystack === key);
  if (!entry) return [line("There is no such event any more.")];
  const { at, type, world, text, details } = entry;
  return [
    line(span(type, entryRole[type]), ` ${at}, ${distance(at, contents.report.now)}`),
    ...folded(world === "" ? text : `${world}: ${text}`, width, 0).map((one) =>
      line(span(one, "title")),
    ),
    blank,
    ...details.flatMap((detail) =>
      folded(detail, width, 4, 2).map((one, i) => line(i === 0 ? `  ${one}` : one)),
    ),
  ];
}

import { distance } from "../../show/distance.ts";
import type { Contents } from "../contents.ts";
import { blank, folded, line, span, type Line } from "../line.ts";
import { momentRole } from "../views/timeline.ts";

/** One moment of the timeline, with everything that it is about. */
export function eventPage(contents: Contents, index: number, width: number): readonly Line[] {
  const moment = contents.moments()[index];
  if (!moment) return [line("There is no such moment any more.")];
  const { at, type, world, text, details } = moment;
  return [
    line(span(type, momentRole[type]), ` ${at}, ${distance(at, contents.report.now)}`),
    ...folded(world === "" ? text : `${world}: ${text}`, width, 0).map((one) =>
      line(span(one, "title")),
    ),
    blank,
    ...details.flatMap((detail) =>
      folded(detail, width, 4, 2).map((one, i) => line(i === 0 ? `  ${one}` : one)),
    ),
  ];
}

import { thousands } from "../../model/thousands.ts";
import { distance } from "../../show/distance.ts";
import type { Moment } from "../../show/moments.ts";
import { column, line, span, type Line, type Role } from "../line.ts";
import { spokenLine, type List, type ListContext } from "./view.ts";

const day = 24 * 60 * 60 * 1000;
/** How far one looks, in days; the first shows everything. */
const zooms = [Number.POSITIVE_INFINITY, 365, 90, 7] as const;

export const momentRole: Readonly<Record<Moment["type"], Role>> = {
  breaks: "error",
  expires: "warning",
  renews: "info",
  rekeys: "warning",
};

/** What will happen if no object changes, in the order of time, with an axis above it. */
export function timelineList({ contents, state, spot, width }: ListContext): List {
  const { now } = contents.report;
  const start = Date.parse(now);
  const days = zooms[state.zoom] ?? zooms[0];
  const words = spot.filter.toLowerCase().split(/\s+/).filter(Boolean);
  const all = contents.moments();
  const shown = [...all.entries()].filter(([, moment]) => {
    const haystack = `${moment.type} ${moment.world} ${moment.text} ${moment.at}`.toLowerCase();
    return (
      Date.parse(moment.at) - start <= days * day && words.every((word) => haystack.includes(word))
    );
  });
  const row = (index: number): Line => {
    const [, moment] = shown[index] ?? [];
    if (!moment) return line();
    const { at, type, world, text } = moment;
    return line(
      "  ",
      column(at.slice(0, 16).replace("T", " "), 17),
      column(distance(at, now), 14, "quiet"),
      column(type, 8, momentRole[type]),
      world === "" ? "" : `${world}: `,
      text,
    );
  };
  return {
    count: shown.length,
    about: `${thousands(shown.length)} of ${thousands(all.length)} moments, ${
      days === Number.POSITIVE_INFINITY ? "all there are" : `${String(days)} days`
    } (o zooms)`,
    empty:
      all.length === 0
        ? "Nothing that is known here has a time."
        : "Nothing happens in this stretch; o zooms.",
    heading: axis(
      shown.map(([, moment]) => moment),
      start,
      width,
    ),
    row,
    pageAt: (index) => {
      const [at] = shown[index] ?? [];
      return at === undefined ? undefined : { type: "event", index: at };
    },
    spoken: (index) => spokenLine(row(index)),
  };
}

/** A mark for each moment, the worst of those that fall together, from now to the last one. */
function axis(moments: readonly Moment[], start: number, width: number): readonly Line[] {
  const last = moments.at(-1);
  if (!last) return [];
  const room = Math.max(10, width - 4);
  const end = Math.max(start + day, Date.parse(last.at));
  const cells = Array.from({ length: room }, (): Moment["type"] | undefined => undefined);
  for (const { at, type } of moments) {
    const share = Math.max(0, Date.parse(at) - start) / (end - start);
    const cell = Math.min(room - 1, Math.floor(share * (room - 1)));
    if (cells[cell] !== "breaks") cells[cell] = type;
  }
  const spans = cells.map((type) =>
    type ? span(signs[type], momentRole[type]) : span("─", "frame"),
  );
  const to = new Date(end).toISOString().slice(0, 10);
  return [{ spans: [span("  "), ...spans] }, line(span(`  now${to.padStart(room - 3)}`, "quiet"))];
}

/** Without colour the letter tells what it is. */
const signs: Readonly<Record<Moment["type"], string>> = {
  breaks: "B",
  expires: "E",
  renews: "r",
  rekeys: "K",
};

import { thousands } from "../../model/thousands.ts";
import { distance } from "../../show/distance.ts";
import { column, line, span, type Line, type Role } from "../line.ts";
import { keptLast } from "../once.ts";
import type { Entry } from "../timeline.ts";
import { emptyList, spokenLine, type List, type ListContext } from "./view.ts";

const day = 24 * 60 * 60 * 1000;
/** How far one looks, in days; the first shows everything. */
const zooms = [Number.POSITIVE_INFINITY, 90, 30, 7] as const;

export const entryRole: Readonly<Record<Entry["type"], Role>> = {
  breaks: "error",
  fails: "error",
  expires: "warning",
  rekeys: "warning",
  renews: "info",
  syncs: "quiet",
  reloads: "quiet",
  other: "quiet",
};

/** What will happen if nobody acts, in the order of time, with an axis above it. */
export function timelineList({ contents, state, spot, width }: ListContext): List {
  const timeline = contents.timeline.value();
  if (!timeline) return emptyList("timeline", "Working out what will happen…");
  const { now } = contents.report;
  const start = Date.parse(now);
  const days = zooms[state.zoom] ?? zooms[0];
  const shown = timeline.within(start + days * day, spot.filter);
  const end = Number.isFinite(days) ? start + days * day : Date.parse(timeline.until);
  const row = (index: number): Line => {
    const entry = shown[index];
    if (!entry) return line();
    const { at, type, world, text } = entry;
    return line(
      "  ",
      column(at.slice(0, 16).replace("T", " "), 17),
      column(distance(at, now), 14, "quiet"),
      column(type, 8, entryRole[type]),
      world === "" ? "" : `${world}: `,
      text,
    );
  };
  const { all } = timeline;
  const stretch = Number.isFinite(days) ? `${String(days)} days` : `until ${timeline.until}`;
  return {
    count: shown.length,
    about: `${thousands(shown.length)} of ${thousands(all.length)} events, ${stretch} (o zooms)`,
    empty:
      all.length === 0
        ? [
            `Nothing that is known here happens until ${timeline.until}.`,
            ...timeline.assumptions,
          ].join(" ")
        : "Nothing happens in this stretch, or nothing that fits the filter; o zooms.",
    heading: axis(shown, start, Math.max(end, start + day), width),
    row,
    pageAt: (index) => {
      const entry = shown[index];
      return entry && { type: "event", key: entry.haystack };
    },
    spoken: (index) => spokenLine(row(index)),
  };
}

/** A mark for each event, the worst of those that fall together, from now to the end of the stretch. */
const axis = keptLast(drawAxis);

function drawAxis(
  entries: readonly Entry[],
  start: number,
  end: number,
  width: number,
): readonly Line[] {
  const room = Math.max(12, width - 4);
  const cells = Array.from({ length: room }, (): Entry["type"] | undefined => undefined);
  for (const { time, type } of entries) {
    const share = Math.max(0, time - start) / (end - start);
    const cell = Math.min(room - 1, Math.floor(share * (room - 1)));
    const there = cells[cell];
    if (there === undefined || worst.indexOf(type) < worst.indexOf(there)) cells[cell] = type;
  }
  const spans = cells.map((type) =>
    type ? span(signs[type], entryRole[type]) : span("─", "frame"),
  );
  const to = new Date(end).toISOString().slice(0, 10);
  return [{ spans: [span("  "), ...spans] }, line(span(`  now${to.padStart(room - 3)}`, "quiet"))];
}

/** Without colour the letter tells what it is. */
const signs: Readonly<Record<Entry["type"], string>> = {
  breaks: "B",
  fails: "x",
  expires: "E",
  rekeys: "K",
  renews: "r",
  syncs: "s",
  reloads: "l",
  other: "o",
};

const worst: readonly Entry["type"][] = [
  "breaks",
  "fails",
  "expires",
  "rekeys",
  "renews",
  "syncs",
  "reloads",
  "other",
];

import { inert } from "../../show/inert.ts";
import type { Paint } from "../paint.ts";
import type { ForecastOptions, WorldForecast } from "./document.ts";
import { lanesOf, type Lane } from "./rows.ts";

const marks: Readonly<Record<string, string>> = {
  renewal: "r",
  "re-key": "K",
  "failed renewal": "x",
  sync: "s",
  "failed sync": "x",
  reload: ".",
  apply: "A",
  expiry: "E",
};
const strongest = "EKxAsr.";
const mostLanes = 30;

/** A lane for each object, from left to right in time: K a new key, r a renewal, s a sync, E an expiry. */
export function ganttOf(
  world: WorldForecast,
  options: ForecastOptions,
  paint: Paint,
): readonly string[] {
  const events = world.events.filter(({ type }) => type !== "reload");
  if (events.length === 0) return ["Nothing else happens."];
  const lanes = lanesOf(events, options.all);
  const shown = options.all ? lanes : lanes.slice(0, mostLanes);
  const titles = Math.min(
    Math.max(...shown.map(({ title }) => title.length)),
    Math.max(20, Math.floor(options.width / 2)),
  );
  const columns = Math.max(20, options.width - titles - 2);
  const span = spanOf(world);
  const lines = shown.map(
    (lane) => `${fit(inert(lane.title), titles)}  ${track(lane, span, columns, paint)}`,
  );
  const scale = `${" ".repeat(titles)}  ${scaleOf(world.from, span.to, columns)}`;
  const broken = world.firstBroken;
  const cross = broken
    ? [
        `${fit("first break", titles)}  ${paint.severity.error(at(Date.parse(broken.at), span, columns, "X"))}`,
      ]
    : [];
  const rest = lanes.length - shown.length;
  return [
    scale,
    ...cross,
    ...lines,
    ...(rest > 0 ? [`${String(rest)} more lanes (--all)`] : []),
    paint.quiet("K new key  r renewal  s bundle synced  E expiry  A applied  x failed"),
  ];
}

interface Span {
  readonly from: number;
  readonly to: number;
}

/** Up to the last event where nothing happens in the rest. */
function spanOf({ from, until, events }: WorldForecast): Span {
  const last = events.reduce((most, { at: time }) => (time > most ? time : most), from);
  return {
    from: Date.parse(from),
    to: Math.max(Date.parse(last) + 1, Math.min(Date.parse(until), Date.parse(last) * 2)),
  };
}

function column(time: number, { from, to }: Span, columns: number): number {
  const share = (time - from) / Math.max(1, to - from);
  return Math.min(columns - 1, Math.max(0, Math.floor(share * columns)));
}

function at(time: number, span: Span, columns: number, mark: string): string {
  return `${" ".repeat(column(time, span, columns))}${mark}`;
}

function track({ events }: Lane, span: Span, columns: number, paint: Paint): string {
  const cells = Array.from({ length: columns }, () => "-");
  for (const { at: time, type } of events) {
    const i = column(Date.parse(time), span, columns);
    const mark = marks[type] ?? "?";
    const there = cells[i] ?? "-";
    if (there === "-" || strongest.indexOf(mark) < strongest.indexOf(there)) cells[i] = mark;
  }
  return cells
    .map((cell) =>
      cell === "K" || cell === "E" || cell === "x" ? paint.severity.warning(cell) : cell,
    )
    .join("")
    .replace(/-+$/, "");
}

function scaleOf(from: string, to: number, columns: number): string {
  const end = new Date(to).toISOString().slice(0, 10);
  const start = from.slice(0, 10);
  return `${start}${" ".repeat(Math.max(1, columns - start.length - end.length))}${end}`;
}

function fit(text: string, columns: number): string {
  return text.length > columns ? `${text.slice(0, columns - 1)}…` : text.padEnd(columns);
}

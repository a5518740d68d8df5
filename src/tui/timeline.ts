import type { LocatedReport } from "../rule/report.ts";
import { momentsOf, type Moment } from "../show/moments.ts";
import type { Broken, Forecast } from "../time/forecast/result.ts";
import { labelOf } from "../trust/handshake.ts";

/** What will happen in one cluster if nobody acts. */
export interface WorldForecast {
  readonly name: string;
  readonly forecast: Forecast;
}

/** Beside what findings tell of: syncs of bundles, reloads of components, and what will be tried in vain. */
type EntryType = Moment["type"] | "syncs" | "reloads" | "fails" | "other";

export interface Entry extends Omit<Moment, "type"> {
  readonly type: EntryType;
  /** `at` in milliseconds. */
  readonly time: number;
  readonly haystack: string;
}

export interface Timeline {
  readonly all: readonly Entry[];
  /** RFC 3339: as far as was looked ahead. */
  readonly until: string;
  readonly assumptions: readonly string[];
  /** Entries until `end`, in milliseconds, that hold all words of the filter. */
  readonly within: (end: number, filter: string) => readonly Entry[];
}

export function timelineOf(report: LocatedReport, forecasts: readonly WorldForecast[]): Timeline {
  const moments = [
    ...momentsOf(report, []),
    ...forecasts.flatMap(({ name, forecast }) => [
      ...forecast.broken.map((one) => breakOf(one, name)),
      ...eventsOf(forecast, name),
    ]),
  ];
  const all = moments
    .map((one): Entry => ({ ...one, time: Date.parse(one.at), haystack: haystackOf(one) }))
    .toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  let last: { readonly key: string; readonly entries: readonly Entry[] } | undefined;
  return {
    all,
    until:
      forecasts
        .map(({ forecast }) => forecast.until)
        .toSorted()
        .at(-1) ?? report.now,
    assumptions: [...new Set(forecasts.flatMap(({ forecast }) => forecast.assumptions))],
    within(end, filter) {
      const key = `${String(end)} ${filter}`;
      if (last?.key !== key) last = { key, entries: chosen(all, end, filter) };
      return last.entries;
    },
  };
}

const detailsShown = 100;

/** What happens, with the handshakes that hold or fail from then on. */
function eventsOf(
  { events, states }: Forecast,
  world: string,
): readonly Omit<Entry, "time" | "haystack">[] {
  const after = new Map(states.map((one) => [one.after, one.handshakes]));
  return events.map(({ at, type, object, effect }, i) => ({
    at,
    type: types[type] ?? "other",
    world,
    text: `${object}: ${effect}`,
    details: (after.get(i) ?? [])
      .slice(0, detailsShown)
      .map((one) => `from then on ${one.verdict}: ${labelOf(one)}`),
  }));
}

const types: Readonly<Record<string, EntryType>> = {
  renewal: "renews",
  "re-key": "rekeys",
  expiry: "expires",
  sync: "syncs",
  reload: "reloads",
  "failed renewal": "fails",
  "failed sync": "fails",
};

function breakOf({ at, handshake, alike, because, prevent, orders }: Broken, world: string) {
  const more = alike > 1 ? `, and ${String(alike - 1)} more like it,` : "";
  const some = orders === "some" ? ", in some orders of what is due at one time" : "";
  return {
    at,
    type: "breaks" as const,
    world,
    text: `${labelOf(handshake)}${more} ${alike > 1 ? "fail" : "fails"}${some}`,
    details: [...because, `To prevent it: ${prevent}`],
  };
}

function haystackOf({ type, world, text, at }: Omit<Entry, "time" | "haystack">): string {
  return `${type} ${world} ${text} ${at}`.toLowerCase();
}

function chosen(all: readonly Entry[], end: number, filter: string): readonly Entry[] {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0 && end === Number.POSITIVE_INFINITY) return all;
  return all.filter(
    ({ time, haystack }) => time <= end && words.every((word) => haystack.includes(word)),
  );
}

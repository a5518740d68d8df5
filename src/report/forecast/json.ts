import type { Broken, Moment } from "../../time/forecast/result.ts";
import { rowOf } from "../handshakes/json.ts";
import type { ForecastDocument, WorldForecast } from "./document.ts";
import { firstOf } from "./rows.ts";

/** The document of docs/schema/forecast.v1.schema.json. */
export function render({ now, worlds }: ForecastDocument): string {
  const several = worlds.length > 1;
  let offset = 0;
  const states = worlds.flatMap((world) => {
    const shift = offset;
    offset += world.events.length;
    return world.states.map((moment) => momentOf(moment, world.name, shift));
  });
  const document = {
    version: 1,
    kind: "forecast",
    now,
    until: worlds.map(({ until }) => until).toSorted()[0] ?? now,
    clusters: worlds.map(({ name, assumptions }) => ({ name, assumptions })),
    events: worlds.flatMap(({ name, events }) =>
      events.map((event) => (several ? { cluster: name, ...event } : event)),
    ),
    states,
    firstBroken: firstOf(worlds),
    broken: worlds.flatMap((world) => world.broken.map((one) => brokenOf(one, world))),
  };
  const first = document.firstBroken;
  return `${JSON.stringify({ ...document, firstBroken: first && brokenOf(first.broken, first.world) }, undefined, 2)}\n`;
}

function momentOf({ after, at, handshakes }: Moment, cluster: string, shift: number) {
  return {
    after: after === null ? null : after + shift,
    at,
    handshakes: handshakes.map((row) => rowOf(row, cluster)),
  };
}

function brokenOf(broken: Broken, { name }: WorldForecast) {
  const { at, handshake, alike, because, prevent, orders } = broken;
  return { at, handshake: rowOf(handshake, name), alike, because, prevent, orders };
}

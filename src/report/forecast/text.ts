import { thousands } from "../../model/thousands.ts";
import { distance } from "../../show/distance.ts";
import { inert } from "../../show/inert.ts";
import { wrap } from "../../show/wrap.ts";
import type { Broken } from "../../time/forecast/result.ts";
import { labelOf } from "../../trust/handshake.ts";
import { paintOf, type Paint } from "../paint.ts";
import type { ForecastDocument, ForecastOptions, WorldForecast } from "./document.ts";
import { ganttOf } from "./gantt.ts";

const indent = 4;
const mostBroken = 5;

/** The future for people: what breaks first and why, then everything that happens, on a time line. */
export function render({ now, worlds }: ForecastDocument, options: ForecastOptions): string {
  const paint = paintOf(options.color);
  const blocks = worlds.map((world) => {
    const title = worlds.length > 1 ? [paint.title(inert(world.name || "other files")), ""] : [];
    return [...title, ...linesOf(world, now, options, paint)].join("\n");
  });
  return `${blocks.join("\n\n")}\n`;
}

function linesOf(
  world: WorldForecast,
  now: string,
  options: ForecastOptions,
  paint: Paint,
): readonly string[] {
  const { broken, assumptions } = world;
  const shown = options.all ? broken : broken.slice(0, mostBroken);
  const hidden = broken.length - shown.length;
  return [
    headline(world, now, paint),
    ...shown.flatMap((one) => ["", ...brokenLines(one, now, options.width, paint)]),
    ...(hidden > 0 ? ["", `${String(hidden)} more handshakes break later (--all).`] : []),
    "",
    ...ganttOf(world, options, paint),
    ...(assumptions.length > 0
      ? ["", ...assumptions.flatMap((one) => wrap(`note: ${inert(one)}`, options.width, indent, 0))]
      : []),
  ];
}

function headline({ firstBroken, until }: WorldForecast, now: string, paint: Paint): string {
  if (!firstBroken) return paint.title(`Nothing breaks until ${until} (${distance(until, now)}).`);
  const { at } = firstBroken;
  return paint.severity.error(
    at <= now ? "Something is broken now." : `Something breaks at ${at} (${distance(at, now)}).`,
  );
}

function brokenLines(broken: Broken, now: string, width: number, paint: Paint): readonly string[] {
  const { at, handshake, alike, because, prevent, orders } = broken;
  const more = alike > 1 ? `, and ${thousands(alike - 1)} more like it,` : "";
  const verb = alike > 1 ? "fail" : "fails";
  const when = `from ${at} (${distance(at, now)})`;
  const order =
    orders === "all"
      ? "in every order of what is due at one time"
      : "in some orders of what is due at one time";
  const line = (text: string, mark: string) =>
    wrap(`${mark}${inert(text)}`, width, indent + mark.length, 0).map((one, i) =>
      i === 0 ? `${" ".repeat(indent)}${one}` : one,
    );
  return [
    ...wrap(`${inert(labelOf(handshake))}${more} ${verb} ${when}, ${order}`, width, indent, 0).map(
      (one, i) => (i === 0 ? paint.severity.error(one) : one),
    ),
    ...because.flatMap((one) => line(one, "- ")),
    ...line(prevent, "To prevent it: "),
  ];
}

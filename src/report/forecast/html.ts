import { distance } from "../../show/distance.ts";
import { inert } from "../../show/inert.ts";
import type { Broken } from "../../time/forecast/result.ts";
import { labelOf } from "../../trust/handshake.ts";
import type { ForecastDocument, ForecastOptions, WorldForecast } from "./document.ts";
import { lanesOf, type Lane } from "./rows.ts";

const width = 800;
const lane = 18;

/** One page that needs nothing else: what breaks, and the time line as a drawing. */
export function render(document: ForecastDocument, options: ForecastOptions): string {
  const sections = document.worlds.map((world) => sectionOf(world, document, options));
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Forecast of Knative's certificates</title>
<style>
body{font:14px/1.5 system-ui,sans-serif;margin:2em;max-width:70em}
.broken{border-left:4px solid #c00;padding-left:1em;margin:1em 0}
svg text{font:11px system-ui,sans-serif}
.key{fill:#c60}.expiry{fill:#c00}.renewal{fill:#369}.sync{fill:#393}
</style>
<h1>Forecast of Knative's certificates</h1>
${sections.join("\n")}
</html>
`;
}

function sectionOf(
  world: WorldForecast,
  { now }: ForecastDocument,
  { all }: ForecastOptions,
): string {
  const title = world.name ? `<h2>${safe(world.name)}</h2>\n` : "";
  const head = world.firstBroken
    ? `<p><strong>Something breaks at ${safe(world.firstBroken.at)} (${safe(distance(world.firstBroken.at, now))}).</strong></p>`
    : `<p>Nothing breaks until ${safe(world.until)}.</p>`;
  const broken = world.broken.map(brokenOf).join("\n");
  const notes = world.assumptions.map((one) => `<li>${safe(one)}</li>`).join("");
  return `${title}${head}\n${broken}\n${drawing(world, all)}\n${notes ? `<ul>${notes}</ul>` : ""}`;
}

function brokenOf({ at, handshake, alike, because, prevent, orders }: Broken): string {
  const more = alike > 1 ? ` and ${String(alike - 1)} more like it` : "";
  const steps = because.map((one) => `<li>${safe(one)}</li>`).join("");
  return `<div class="broken"><p>${safe(labelOf(handshake))}${more}, from ${safe(at)}, in ${orders} orders</p><ol>${steps}</ol><p>To prevent it: ${safe(prevent)}</p></div>`;
}

function drawing(world: WorldForecast, all: boolean): string {
  const lanes = lanesOf(
    world.events.filter(({ type }) => type !== "reload"),
    all,
  );
  const from = Date.parse(world.from);
  const span = Math.max(1, Date.parse(world.until) - from);
  const x = (time: string) => String(Math.round(((Date.parse(time) - from) / span) * width));
  const rows = lanes.map((one, i) => laneOf(one, (i + 1) * lane, x));
  const height = String((lanes.length + 1) * lane);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${String(width * 2)} ${height}" role="img" aria-label="time line">${rows.join("")}</svg>`;
}

function laneOf({ title, events }: Lane, y: number, x: (time: string) => string): string {
  const dots = events.map(
    ({ at, type, effect }) =>
      `<circle class="${classOf(type)}" cx="${x(at)}" cy="${String(y - 4)}" r="4"><title>${safe(`${at} ${type}: ${effect}`)}</title></circle>`,
  );
  return `<line x1="0" y1="${String(y - 4)}" x2="${String(width)}" y2="${String(y - 4)}" stroke="#ddd"/>${dots.join("")}<text x="${String(width + 10)}" y="${String(y)}">${safe(title)}</text>`;
}

function classOf(type: string): string {
  if (type === "re-key") return "key";
  if (type === "expiry" || type.startsWith("failed")) return "expiry";
  return type === "sync" ? "sync" : "renewal";
}

/** Nothing from an object may turn into markup. */
function safe(text: string): string {
  return inert(text).replaceAll(/[&<>"']/g, (mark) => `&#${String(mark.codePointAt(0))};`);
}

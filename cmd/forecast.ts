import type { Inventory } from "../src/model/inventory.ts";
import type { ForecastDocument, ForecastOptions } from "../src/report/forecast/document.ts";
import { forecastFormats } from "../src/report/forecast/formats.ts";
import { forecast } from "../src/time/forecast/forecast.ts";
import { played } from "../src/time/forecast/played.ts";
import type { Forecast } from "../src/time/forecast/result.ts";
import type { Given } from "../src/time/events.ts";
import { kindsOfTime } from "../src/time/kinds.ts";
import { exitCodes } from "./exit-code.ts";
import { readEvents } from "./events-file.ts";
import type { Io } from "./io.ts";
import { plainWidth, save, wantsColor } from "./output.ts";
import type { ForecastRequest } from "./request.ts";
import { readState, stateConfig } from "./read-state.ts";

/** Shows what will happen to certificates and trust; exit code 1 when something breaks within the horizon. */
export async function showForecast(request: ForecastRequest, io: Io): Promise<number> {
  const { environment, horizon } = request;
  const config = await stateConfig(request, environment, io);
  const state = await readState(request, environment, config, kindsOfTime, io);
  const now = environment.now ?? state.takenAt ?? io.now();
  const given = request.events === undefined ? undefined : await readEvents(request.events, io.cwd);
  const document: ForecastDocument = {
    now: now.toISOString().replace(".000Z", "Z"),
    worlds: state.inventories.map((inventory) => ({
      name: inventory.world,
      ...forecastOf(inventory, now.getTime(), horizon, given),
    })),
  };
  await write(document, request, io);
  state.notice();
  if (state.unreadInput || (state.documents === 0 && !request.allowEmpty))
    return exitCodes.notAnalyzed;
  const breaks = document.worlds.some(({ firstBroken }) => firstBroken !== null);
  return breaks ? exitCodes.findings : exitCodes.clean;
}

function forecastOf(
  inventory: Inventory,
  now: number,
  horizon: number,
  given: readonly Given[] | undefined,
): Forecast {
  return given ? played(inventory, now, given) : forecast(inventory, now, now + horizon);
}

async function write(document: ForecastDocument, request: ForecastRequest, io: Io) {
  for (const { format, file } of request.outputs) {
    const { render } = await forecastFormats[format]();
    const options: ForecastOptions = {
      width: file === undefined ? (io.columns ?? plainWidth) : plainWidth,
      color: file === undefined && wantsColor(request.color, io),
      all: request.all,
    };
    const text = render(document, options);
    if (file === undefined) io.out(text);
    else save(file, text);
  }
}

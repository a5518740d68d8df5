import type { Inventory } from "../../model/inventory.ts";
import { play, type Given, type Moment as Stop } from "../events.ts";
import { rowKey, rowsAt } from "../judged.ts";
import type { Handshake } from "../../trust/handshake.ts";
import { worldOf } from "../world.ts";
import type { Broken, Forecast, Happening, Moment } from "./result.ts";
import { timeText } from "../time-text.ts";

/** What becomes of the handshakes when these events happen, in this order. */
export function played(inventory: Inventory, now: number, given: readonly Given[]): Forecast {
  const { happenings, moments } = play(worldOf(inventory), now, given);
  const events = happenings.map((one): Happening => ({ ...one, at: timeText(one.at) }));
  const stops = moments.map((moment) => ({ moment, rows: rowsAt(moment.state, moment.at) }));
  const states = stops.map(({ moment, rows }): Moment => ({
    after: moment.after === -1 ? null : moment.after,
    at: timeText(moment.at),
    handshakes: rows,
  }));
  const broken = brokenIn(stops, events);
  return {
    from: timeText(now),
    until: timeText(moments.at(-1)?.at ?? now),
    events,
    states,
    broken,
    firstBroken: broken[0] ?? null,
    assumptions: [],
  };
}

interface Seen {
  readonly moment: Stop;
  readonly rows: readonly Handshake[];
}

/** Each handshake that comes to fail, when it first does. */
function brokenIn(stops: readonly Seen[], events: readonly Happening[]): readonly Broken[] {
  const seen = new Set<string>();
  return stops.flatMap(({ moment, rows }, i) =>
    rows.flatMap((row): readonly Broken[] => {
      const key = rowKey(row);
      if (row.verdict !== "fails" || seen.has(key)) return [];
      seen.add(key);
      const before = stops[i - 1]?.moment.after ?? -1;
      const steps = events.slice(before + 1, moment.after + 1);
      return [
        {
          at: timeText(moment.at),
          handshake: row,
          alike: 1,
          because: [
            ...steps.map(({ at, type, object, effect }) => `${at} ${type} of ${object}: ${effect}`),
            row.reason?.text ?? "",
          ],
          prevent: "let the dialer trust the CA that signs before that, beside the one that signed",
          orders: "all",
        },
      ];
    }),
  );
}

import { thousands } from "../../model/thousands.ts";
import { groupBy } from "../../show/group-by.ts";
import type { Broken, Happening } from "../../time/forecast/result.ts";
import type { WorldForecast } from "./document.ts";

/** What breaks first, over all worlds. */
export function firstOf(
  worlds: readonly WorldForecast[],
): { readonly broken: Broken; readonly world: WorldForecast } | null {
  const all = worlds.flatMap((world) =>
    world.firstBroken ? [{ broken: world.firstBroken, world }] : [],
  );
  return all.toSorted((a, b) => (a.broken.at < b.broken.at ? -1 : 1))[0] ?? null;
}

/** The events of one object, or of several whose events come at the same times. */
export interface Lane {
  readonly title: string;
  readonly events: readonly Happening[];
  readonly objects: number;
}

/** One lane for each object; objects that nothing tells apart share one. `all` folds nothing. */
export function lanesOf(events: readonly Happening[], all: boolean): readonly Lane[] {
  const byObject = [...groupBy(events, ({ object }) => object)];
  const groups = groupBy(byObject, ([object, mine]) =>
    all
      ? object
      : JSON.stringify([lastName(object), mine.map(({ at, type }) => [at.slice(0, 16), type])]),
  );
  return [...groups.values()]
    .map((group): Lane => {
      const [object = "", mine = []] = group[0] ?? [];
      const more = group.length - 1;
      return {
        title: more > 0 ? `${object} and ${thousands(more)} more` : object,
        events: mine,
        objects: group.length,
      };
    })
    .toSorted((a, b) => rank(a) - rank(b) || (a.title < b.title ? -1 : 1));
}

function lastName(object: string): string {
  return object.startsWith("Certificate/") ? (object.split("/").at(-1) ?? object) : object;
}

/** CAs first, then what follows them, then the rest. */
function rank({ events }: Lane): number {
  if (events.some(({ type }) => type === "re-key")) return 0;
  return events.some(({ type }) => type === "sync") ? 1 : 2;
}

import { median } from "../measure.ts";
import { runOwn } from "../own-process.ts";
import type { Measured } from "./measured.ts";

const sizes = [500, 1500, 5000];
const aim = 2000;

/** Forecast and proof of clusters of three sizes, in turns; shows how time and memory grow. */
export function timeMatrix(rounds: number, print: (text: string) => void): void {
  const runs = Array.from({ length: rounds }, () => sizes.map(once));
  const of = (i: number) => runs.flatMap((round) => round[i] ?? []);
  print("\n## Forecast and proof\n");
  for (const [i, size] of sizes.entries()) print(lineOf(size, of(i)));
  const last = sizes.length - 1;
  const largest = median(of(last).map(({ clock }) => clock));
  print(
    `a year of ${String(sizes[last])} namespaces: ${largest.toFixed(0)} ms, aim <= ${String(aim)}: ${largest <= aim ? "met" : "not met"}`,
  );
  const growth = sizes[last] === undefined || sizes[0] === undefined ? 1 : sizes[last] / sizes[0];
  for (const what of ["forecast", "verify"] as const) {
    const ratios = runs.map(
      (round) => (round[last]?.[what] ?? Number.NaN) / (round[0]?.[what] ?? Number.NaN),
    );
    print(
      `${what}: ${growth.toFixed(0)} times as many namespaces take ${median(ratios).toFixed(1)} times as long`,
    );
  }
}

function once(size: number): Measured {
  return runOwn("time.mjs", String(size)) as Measured;
}

function lineOf(size: number, runs: readonly Measured[]): string {
  const of = (pick: (one: Measured) => number) => median(runs.map(pick));
  const [first] = runs;
  const perNamespace = (milliseconds: number) => ((milliseconds * 1000) / size).toFixed(0);
  return [
    `${String(size)} namespaces, ${String(first?.handshakes)} handshakes`,
    `a year: ${of(({ forecast }) => forecast).toFixed(0)} ms of processor time (${of(({ clock }) => clock).toFixed(0)} by the clock), ${perNamespace(of(({ forecast }) => forecast))} µs for each namespace, ${of(({ forecast, deciding }) => forecast / deciding).toFixed(1)} times what deciding every handshake once takes, ${String(first?.events)} events`,
    `proof of the nine steps: ${of(({ verify }) => verify).toFixed(0)} ms, ${String(first?.states)} states, ${String(first?.verdict)}`,
    `peak ${of(({ forecasted }) => forecasted).toFixed(0)} MB after the forecast, ${of(({ peak }) => peak).toFixed(0)} MB in the end, ${of(({ loaded }) => loaded).toFixed(0)} MB of it to load`,
  ].join("; ");
}

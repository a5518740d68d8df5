import { median } from "./measure.ts";

/** Says whether the median of ratios is as low as it should be. */
export function goal(what: string, most: number, ratios: readonly number[]): void {
  if (ratios.length === 0) return;
  const ratio = median(ratios);
  process.stdout.write(
    `${what}: ${ratio.toFixed(2)}, aim <= ${String(most)}: ${ratio <= most ? "met" : "not met"}\n`,
  );
}

import { median, quantile, type Outcome } from "./measure.ts";

/** Median time and ratio to the first, each with its quartiles, as a Markdown table. */
export function table(outcomes: readonly Outcome[]): string {
  const base = outcomes[0]?.contender.name ?? "";
  const rows = outcomes.map(({ contender, milliseconds, ratios }, i) => [
    contender.name,
    String(milliseconds.length),
    spread(milliseconds, (time) => time.toFixed(0)),
    i === 0 ? "1" : spread(ratios, (ratio) => ratio.toFixed(2)),
  ]);
  return markdown([["", "runs", "wall ms (quartiles)", `to ${base} (quartiles)`], ...rows]);
}

function spread(values: readonly number[], show: (value: number) => string): string {
  return `${show(median(values))} (${show(quantile(values, 0.25))} to ${show(quantile(values, 0.75))})`;
}

function markdown(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, i) => Math.max(...rows.map((row) => row[i]?.length ?? 0)));
  const lines = rows.map(
    (row) => `| ${row.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join(" | ")} |`,
  );
  lines.splice(1, 0, `|${widths.map((width) => "-".repeat(width + 2)).join("|")}|`);
  return `${lines.join("\n")}\n`;
}

/** One ratio between two of them, taken round by round where both ran. */
export function versus(outcomes: readonly Outcome[], ours: string, theirs: string): number[] {
  const find = (name: string) => outcomes.find(({ contender }) => contender.name === name);
  const mine = find(ours);
  const other = find(theirs);
  if (!mine || !other || mine.ratios.length !== other.ratios.length) return [];
  return mine.ratios.map((ratio, i) => ratio / (other.ratios[i] ?? Number.NaN));
}

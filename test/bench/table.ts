import { median, quantile, type Outcome } from "./measure.ts";

/** Median time and its ratios to the bases, each with its quartiles and that of processor time, as a Markdown table. */
export function table(outcomes: readonly Outcome[], bases: readonly string[]): string {
  const rows = outcomes.map(({ contender: { name }, times }) => [
    name,
    String(times.size),
    spread([...times.values()], (time) => time.toFixed(0)),
    ...bases.map((base) =>
      name === base
        ? "1"
        : `${spread(versus(outcomes, name, base), (ratio) => ratio.toFixed(2))}, ${processorTo(outcomes, name, base)}`,
    ),
  ]);
  const heads = bases.map((base) => `to ${base} (quartiles), processor`);
  return markdown([["", "runs", "wall ms (quartiles)", ...heads], ...rows]);
}

/** Of the processor time of one run. */
function processorTo(outcomes: readonly Outcome[], ours: string, theirs: string): string {
  const of = (name: string) => {
    const outcome = outcomes.find(({ contender }) => contender.name === name);
    return outcome ? outcome.processor / outcome.times.size : Number.NaN;
  };
  return (of(ours) / of(theirs)).toFixed(2);
}

function spread(values: readonly number[], show: (value: number) => string): string {
  return `${show(median(values))} (${show(quantile(values, 0.25))} to ${show(quantile(values, 0.75))})`;
}

export function markdown(rows: readonly (readonly string[])[]): string {
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
  const base = find(theirs)?.times;
  return [...(find(ours)?.times ?? [])].flatMap(([round, time]) => {
    const other = base?.get(round);
    return other === undefined ? [] : [time / other];
  });
}

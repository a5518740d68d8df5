import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { median } from "../measure.ts";
import { runOwn } from "../own-process.ts";
import { cluster } from "./cluster.ts";
import type { Measured } from "./measured.ts";

const sizes = [500, 1500, 5000];
const aim = 2000;

/** All handshakes of clusters of three sizes, in turns; shows whether time and memory grow with the size. */
export function matrix(rounds: number, print: (text: string) => void): void {
  const directory = mkdtempSync(join(tmpdir(), "knative-certs-"));
  try {
    const files = sizes.map((size) => join(directory, `${String(size)}.json`));
    for (const [i, file] of files.entries()) writeFileSync(file, cluster(sizes[i] ?? 0));
    const runs = Array.from({ length: rounds }, () => files.map(once));
    print("\n## Handshakes\n");
    for (const [i, size] of sizes.entries())
      print(
        lineOf(
          size,
          runs.map((round) => round[i]).filter((one) => one !== undefined),
        ),
      );
    const largest = median(runs.map((round) => round.at(-1)?.milliseconds ?? Number.NaN));
    print(
      `${String(sizes.at(-1))} namespaces: ${largest.toFixed(0)} ms, aim <= ${String(aim)}: ${largest <= aim ? "met" : "not met"}`,
    );
  } finally {
    rmSync(directory, { recursive: true });
  }
}

function once(file: string): Measured {
  return runOwn("handshakes.mjs", file) as Measured;
}

function lineOf(size: number, runs: readonly Measured[]): string {
  const of = (pick: (one: Measured) => number) => median(runs.map(pick));
  const [first] = runs;
  const time = of(({ milliseconds }) => milliseconds);
  const processor = of(({ processor: own }) => own);
  return [
    `${String(size)} namespaces, ${String(4 * size)} certificates, ${String(first?.rows)} handshakes (${String(first?.holds)} hold, ${String(first?.fails)} fail)`,
    `${time.toFixed(0)} ms by the clock, ${processor.toFixed(0)} ms of processor time, ${((processor * 1000) / size).toFixed(0)} µs for each namespace`,
    `again at another time ${of(({ again }) => again).toFixed(0)} ms`,
    `peak ${of(({ peak }) => peak).toFixed(0)} MB, ${of(({ loaded }) => loaded).toFixed(0)} MB of it to load`,
  ].join("; ");
}

import { PassThrough, Writable } from "node:stream";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { thousands } from "../../src/model/thousands.ts";
import type { Given } from "../../src/tui/contents.ts";
import { openScreen } from "../../src/tui/open.tsx";
import { quantile } from "./measure.ts";
import { contentsOf } from "./screen-contents.ts";

/**
 * How long it takes from a key until the frame is written, with 100,000 findings: through Ink itself, on a terminal that
 * only keeps the time. The part that Ink's renderer takes is what it tells of itself.
 */
const findings = Number(process.argv[2] ?? "100000");
const print = (text: string) => process.stderr.write(`${text}\n`);

interface Run {
  readonly name: string;
  readonly keys: readonly string[];
}

const again = (key: string, times: number): readonly string[] =>
  Array.from({ length: times }, () => key);

const down = "\u001b[B";
const walk = (filter: string): readonly string[] => [
  ...again(down, 10),
  ...again(" ", 10),
  "\r",
  "\u007f",
  "/",
  ...Array.from(filter),
  "\r",
  "\u007f",
];
const runs: readonly Run[] = [
  { name: "one row down", keys: again(down, 200) },
  { name: "a page down", keys: again(" ", 100) },
  { name: "to the end and back", keys: again("G", 50).flatMap((end) => [end, "g"]) },
  {
    name: "open a finding, close it",
    keys: again(down, 50).flatMap((next) => [next, "\r", "\u007f"]),
  },
  {
    name: "type a filter, clear it",
    keys: again("x", 10).flatMap((_, i) => [
      ...Array.from(`/shop-1${String(i)} kc20${String(i)}`),
      "\r",
      "\u007f",
    ]),
  },
  { name: "order by another field", keys: again("o", 20) },
  { name: "fold all, unfold all", keys: again("z", 20) },
  { name: "the same by object", keys: ["o", "o", "o", ...again("z", 20), "o"] },
  {
    name: "filter by a facet, clear it",
    keys: again("f", 10).flatMap((facets) => [facets, down, "\r", "\u007f", "\u007f"]),
  },
  { name: "next view", keys: again("\t", 50) },
  { name: "handshakes: rows, pages, filter", keys: ["2", ...walk("fails shop-3")] },
  {
    name: "timeline: rows, pages, filter, zoom",
    keys: ["3", ...walk("rekeys shop-3"), "o", "o", "o", "o"],
  },
  { name: "coverage: rows, pages, filter", keys: ["5", ...walk("kc201 shop-3")] },
];

interface Frame {
  /** Milliseconds from the key until the frame is written. */
  readonly key: number;
  /** Ink's own part of that. */
  readonly renderer: number;
  /** What the key costs the processor, whoever else uses it. */
  readonly processor: number;
}

async function measure(columns: number, rows: number, given: Given): Promise<void> {
  const stdin = Object.assign(new PassThrough(), {
    isTTY: true,
    setRawMode: () => stdin,
    ref: () => stdin,
    unref: () => stdin,
  });
  let written = 0;
  let bytes = 0;
  const stdout = Object.assign(
    new Writable({
      write(chunk: Buffer, _encoding, done) {
        written = performance.now();
        bytes += chunk.length;
        done();
      },
    }),
    { isTTY: true, columns, rows },
  );
  const took: number[] = [];
  const opened = performance.now();
  const screen = openScreen({
    given,
    host: {
      edit: async () => "",
      suppress: async () => "",
      save: async () => "",
      refresh: async () => Promise.reject(new Error("not here")),
    },
    // A terminal as far as Ink looks at it.
    terminal: { stdin: stdin as never, stdout: stdout as never },
    color: true,
    plain: false,
    guard: () => () => {},
    onFrame: (milliseconds) => {
      took.push(milliseconds);
    },
  });
  print(`\n## ${String(columns)} x ${String(rows)}, ${thousands(findings)} findings\n`);
  print(`first frame after ${(written - opened).toFixed(0)} ms\n`);
  print(
    "| keys | frames | key to frame ms: median | p99 | Ink's own part: median | p99 | of a processor: median | p99 |",
  );
  print("|---|---|---|---|---|---|---|---|");
  const all: Frame[] = [];
  for (const { name, keys } of runs) {
    const frames: Frame[] = [];
    for (const key of keys) {
      await pause(25);
      took.length = 0;
      const used = process.cpuUsage();
      const start = performance.now();
      stdin.write(key);
      await pause(0);
      await until(() => took.length > 0 && written >= start);
      const [renderer] = took;
      if (renderer === undefined || written < start) continue;
      const { user, system } = process.cpuUsage(used);
      frames.push({ key: written - start, renderer, processor: (user + system) / 1000 });
    }
    all.push(...frames);
    print(row(name, frames));
  }
  print(row("all", all));
  const memory = process.memoryUsage();
  collectGarbage();
  const { heapUsed } = process.memoryUsage();
  print(
    `\n${(bytes / all.length / 1000).toFixed(1)} kB written a frame; memory: ${mb(memory.rss)} resident (${mb(process.resourceUsage().maxRSS * 1024)} at most), ${mb(heapUsed)} in use (${mb(before.rss)} and ${mb(before.heapUsed)} before the screen opened)`,
  );
  const times = all.map(({ key }) => key);
  for (const [what, share, most] of [
    ["median", 0.5, 8],
    ["p99", 0.99, 50],
  ] as const) {
    const value = quantile(times, share);
    print(
      `key to frame, ${what}: ${value.toFixed(1)} ms, aim <= ${String(most)} ms: ${value <= most ? "met" : "not met"}`,
    );
  }
  stdin.write("q");
  await screen;
}

function row(name: string, frames: readonly Frame[]): string {
  const cells = (["key", "renderer", "processor"] as const).flatMap((part) =>
    [0.5, 0.99].map((share) =>
      quantile(
        frames.map((frame) => frame[part]),
        share,
      ),
    ),
  );
  return `| ${[name, String(frames.length), ...cells.map((cell) => cell.toFixed(1))].join(" | ")} |`;
}

async function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    if (milliseconds === 0) setImmediate(resolve);
    else setTimeout(resolve, milliseconds);
  });
}

/** Waits for a tenth of a second at most: some keys change nothing. */
async function until(isSo: () => boolean): Promise<void> {
  for (let i = 0; i < 100 && !isSo(); i++) await pause(1);
}

function mb(bytes: number): string {
  return `${(bytes / 1e6).toFixed(0)} MB`;
}

function collectGarbage(): void {
  setFlagsFromString("--expose-gc");
  runInNewContext("gc")();
}

const contents = contentsOf(findings);
collectGarbage();
const before = process.memoryUsage();
print(`Node ${process.version}`);
await measure(120, 40, contents);
await measure(200, 60, contents);

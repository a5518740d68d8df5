import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";

/** A program that does the job, or another one to compare with. */
export interface Contender {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** It runs in every n-th round only, as one run takes long. */
  readonly every?: number;
}

export interface Outcome {
  readonly contender: Contender;
  /** Milliseconds, by round. */
  readonly times: ReadonlyMap<number, number>;
  /** Milliseconds of the processor, all rounds together: on a busy machine the better measure. NaN where unknown. */
  readonly processor: number;
}

export interface Race {
  readonly directory: string;
  readonly contenders: readonly Contender[];
  readonly rounds: number;
}

/** NODE_EXTRA_CA_CERTS costs 85 ms at every start of Node 20; CI turns off what is kept between runs. */
const environment = {
  ...process.env,
  NODE_EXTRA_CA_CERTS: undefined,
  NODE_OPTIONS: undefined,
  CI: undefined,
};

/**
 * Runs all contenders one after the other, round by round, so that what slows the machine down slows all of them.
 * Round 0 warms up and does not count; each round begins with another contender.
 */
export function run({ directory, contenders, rounds }: Race): readonly Outcome[] {
  const times = contenders.map(() => new Map<number, number>());
  const processor = contenders.map(() => 0);
  for (let round = 0; round <= rounds; round++) {
    for (let i = 0; i < contenders.length; i++) {
      const turn = (i + round) % contenders.length;
      const contender = contenders[turn];
      if (!contender || (round > 0 && (round - 1) % (contender.every ?? 1) !== 0)) continue;
      const before = processorTime();
      const time = once(contender, directory);
      if (round === 0) continue;
      times[turn]?.set(round, time);
      processor[turn] = (processor[turn] ?? 0) + processorTime() - before;
    }
  }
  return contenders.map((contender, i) => ({
    contender,
    times: times[i] ?? new Map(),
    processor: processor[i] ?? Number.NaN,
  }));
}

/** What all children so far have taken, user and system: cutime and cstime of proc(5), in ticks of 10 ms. */
function processorTime(): number {
  if (process.platform !== "linux") return Number.NaN;
  const [, fields = ""] = readFileSync("/proc/self/stat", "utf8").split(") ");
  const numbers = fields.split(" ").map(Number);
  return ((numbers[13] ?? Number.NaN) + (numbers[14] ?? Number.NaN)) * 10;
}

function once({ name, command, args, env }: Contender, directory: string): number {
  const start = process.hrtime.bigint();
  const { status, error } = spawnSync(command, args, {
    cwd: directory,
    env: { ...environment, ...env },
    stdio: "ignore",
  });
  const time = Number(process.hrtime.bigint() - start) / 1e6;
  if (error) throw error;
  if (status !== 0) throw new Error(`${name} ended with ${String(status)}`);
  return time;
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** Between two values it lies on the line from one to the other. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const at = share * (sorted.length - 1);
  const below = sorted[Math.floor(at)] ?? Number.NaN;
  const above = sorted[Math.ceil(at)] ?? Number.NaN;
  return below + (above - below) * (at - Math.floor(at));
}

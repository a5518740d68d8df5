import { spawnSync } from "node:child_process";

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
  readonly milliseconds: readonly number[];
  /** Of this one's time to the first one's in the same round. */
  readonly ratios: readonly number[];
}

export interface Race {
  readonly directory: string;
  /** The first is what the others are compared with. */
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
  for (let round = 0; round <= rounds; round++) {
    for (let i = 0; i < contenders.length; i++) {
      const turn = (i + round) % contenders.length;
      const contender = contenders[turn];
      if (!contender || (round > 0 && (round - 1) % (contender.every ?? 1) !== 0)) continue;
      const time = once(contender, directory);
      if (round > 0) times[turn]?.set(round, time);
    }
  }
  const base = times[0];
  return contenders.map((contender, i) => {
    const mine = [...(times[i] ?? [])];
    return {
      contender,
      milliseconds: mine.map(([, time]) => time),
      ratios: mine.map(([round, time]) => time / (base?.get(round) ?? Number.NaN)),
    };
  });
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

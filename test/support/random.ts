/** Numbers that look random and are the same in every run with the same seed (mulberry32). */
export interface Random {
  /** From `from` to `to`, both included. */
  readonly int: (from: number, to: number) => number;
  readonly pick: <T>(from: readonly [T, ...T[]]) => T;
  readonly chance: (share: number) => boolean;
  /** A size with the given median; half lie within a factor of `e ** (0.67 * spread)` of it. */
  readonly around: (median: number, spread: number) => number;
}

export function random(seed: number): Random {
  let state = seed;
  const next = (): number => {
    state = (state + 0x6d2b79f5) % 0x1_0000_0000;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  };
  const normal = (): number =>
    Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
  return {
    int: (from, to) => from + Math.floor(next() * (to - from + 1)),
    pick: (from) => from[Math.floor(next() * from.length)] ?? from[0],
    chance: (share) => next() < share,
    around: (median, spread) => Math.round(median * Math.exp(spread * normal())),
  };
}

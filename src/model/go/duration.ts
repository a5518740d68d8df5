const unitMilliseconds: Readonly<Record<string, number>> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  μs: 1e-3,
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
};

/** Go's time.ParseDuration ("2160h", "1h30m", "-1.5s") in milliseconds; undefined where Go returns an error. */
export function parseDuration(value: string): number | undefined {
  if (/^[-+]?0$/.test(value)) return 0;
  const match = /^([-+]?)((?:(?:\d+\.?\d*|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+)$/.exec(value);
  if (!match) return undefined;
  let total = 0;
  for (const [, amount = "0", unit = "s"] of (match[2] ?? "").matchAll(
    /(\d+\.?\d*|\.\d+)(ns|us|µs|μs|ms|s|m|h)/g,
  )) {
    total += Number(amount) * (unitMilliseconds[unit] ?? 0);
  }
  return match[1] === "-" ? -total : total;
}

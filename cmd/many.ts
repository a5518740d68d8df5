/** The value of an option that may be given several times. */
export type Many = string | readonly string[] | undefined;

export function many(value: Many): readonly string[] {
  if (value === undefined) return [];
  return typeof value === "string" ? [value] : value;
}

/** `--select KC1,KC2 --select issuers` */
export function split(value: Many): readonly string[] {
  return many(value)
    .flatMap((one) => one.split(","))
    .map((one) => one.trim())
    .filter(Boolean);
}

export function last(value: Many): string | undefined {
  return many(value).at(-1);
}

/** Stands for "-" inside yargs, which drops it from a list of positional arguments. */
export const standardInput = "<standard input>";

/** A JSON pointer (RFC 6901): "" is the whole value, "/data/issuerRef" an entry below it. */
export type Pointer = string;

export function pointer(...steps: readonly (string | number)[]): Pointer {
  return steps
    .map((step) => `/${String(step).replaceAll("~", "~0").replaceAll("/", "~1")}`)
    .join("");
}

export function stepsOf(path: Pointer): readonly string[] {
  if (path === "") return [];
  return path
    .slice(1)
    .split("/")
    .map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"));
}

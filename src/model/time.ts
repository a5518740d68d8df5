import { text, type Json } from "./json.ts";

/** The moment that a field holds, RFC 3339 as the API server writes it. */
export function timeAt(
  value: Json | undefined,
  ...path: readonly (string | number)[]
): Date | undefined {
  const written = text(value, ...path);
  if (written === undefined || !/^\d{4}-\d\d-\d\dT/.test(written)) return undefined;
  const time = new Date(written);
  return Number.isNaN(time.getTime()) ? undefined : time;
}

/** As the API server writes it, without fractions of a second. */
export function rfc3339(time: Date): string {
  return time.toISOString().replace(/\.\d+Z$/, "Z");
}

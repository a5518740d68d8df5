import { StringMap } from "./string-map.ts";

/** A plain JSON value, as the Kubernetes API stores objects. */
export type Json = null | boolean | number | string | JsonList | JsonObject;
export type JsonList = readonly Json[];
export interface JsonObject {
  readonly [key: string]: Json;
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The value below `path`, or undefined where any step of it is missing or of another shape. */
export function dig(
  value: Json | undefined,
  ...path: readonly (string | number)[]
): Json | undefined {
  let here = value;
  for (const step of path) {
    if (typeof step === "number") here = Array.isArray(here) ? (here as JsonList)[step] : undefined;
    else here = isObject(here) && Object.hasOwn(here, step) ? here[step] : undefined;
  }
  return here;
}

/** The string below `path`; undefined for everything that is not a string. */
export function text(
  value: Json | undefined,
  ...path: readonly (string | number)[]
): string | undefined {
  const found = dig(value, ...path);
  return typeof found === "string" ? found : undefined;
}

/** The list below `path`; empty for everything that is not a list. */
export function list(value: Json | undefined, ...path: readonly (string | number)[]): JsonList {
  const found = dig(value, ...path);
  return Array.isArray(found) ? (found as JsonList) : [];
}

/** The object below `path`; empty for everything that is not an object. */
export function record(value: Json | undefined, ...path: readonly (string | number)[]): JsonObject {
  const found = dig(value, ...path);
  return isObject(found) ? found : {};
}

/** One for all: most objects have none of what is asked for, and there are many. */
const none: ReadonlyMap<string, string> = new Map();

/** The entries below `path` whose value is a string, in their order: labels, annotations, ConfigMap data. */
export function strings(
  value: Json | undefined,
  ...path: readonly (string | number)[]
): ReadonlyMap<string, string> {
  const found = dig(value, ...path);
  return isObject(found) ? new StringMap(found) : none;
}

/** The strings in the list below `path`; entries of other types are left out. */
export function stringList(
  value: Json | undefined,
  ...path: readonly (string | number)[]
): readonly string[] {
  return list(value, ...path).filter((entry) => typeof entry === "string");
}

/** One text for equal values: object keys are sorted. */
export function canonical(value: Json): string {
  return JSON.stringify(value, (_key, entry: Json) =>
    isObject(entry)
      ? Object.fromEntries(Object.entries(entry).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : entry,
  );
}

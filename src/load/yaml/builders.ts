import type { Json, JsonObject } from "../../model/json.ts";
import type { YamlEntry, YamlValue } from "../../model/yaml-value.ts";
import type { Builder } from "./construct.ts";

/** Plain JSON; integers beyond 2^53 lose digits. */
export const jsonBuilder: Builder<Json, Record<string, Json>> = {
  scalar: (value) => {
    if (value.type === "null") return null;
    if (value.type === "int") return Number(value.value);
    if (value.type === "float" && !Number.isFinite(value.value)) return undefined;
    return value.value;
  },
  list: (items) => items,
  entries: () => ({}),
  set: (entries, key, value) => {
    const fresh = !Object.hasOwn(entries, key);
    // An assignment to this name would change the prototype.
    if (key === "__proto__") define(entries, key, value);
    else entries[key] = value;
    return fresh;
  },
  map: (entries) => entries,
};

function define(entries: JsonObject, key: string, value: Json): void {
  Object.defineProperty(entries, key, {
    value,
    enumerable: true,
    configurable: true,
    writable: true,
  });
}

/** Values with their YAML types, and how those that are no strings are written. */
export const typedBuilder: Builder<YamlValue, Map<string, YamlEntry>> = {
  scalar: (value, text) => {
    if (value.type === "null" || value.type === "string") return value;
    if (value.type === "float" && !Number.isFinite(value.value)) return undefined;
    return { ...value, text };
  },
  list: (items) => ({ type: "list", items }),
  entries: () => new Map(),
  set: (entries, key, value) => {
    const fresh = !entries.has(key);
    entries.set(key, { key, value });
    return fresh;
  },
  map: (entries) => ({ type: "map", entries: [...entries.values()] }),
};

import type { Json } from "../../../src/model/json.ts";
import type { YamlValue } from "../../../src/model/yaml-value.ts";

/** The JSON of a typed value. */
export function plain(value: YamlValue): Json {
  switch (value.type) {
    case "null":
      return null;
    case "int":
      return Number(value.value);
    case "list":
      return value.items.map(plain);
    case "map":
      return Object.fromEntries(value.entries.map((entry) => [entry.key, plain(entry.value)]));
    default:
      return value.value;
  }
}

import { isObject, type Json, type JsonList, type JsonObject } from "../model/json.ts";
import type { Kind } from "../model/kinds.ts";

/** Lets an object that was just parsed, and is nobody else's yet, have what it has in common with others. */
export type Share = (kind: Kind, object: JsonObject) => void;

/** Shorter strings the parser has only once. */
const shortest = 11;

/**
 * The parser makes a string of its own of each value, and most values of a cluster stand in it many times: names and
 * uids of owners, versions, issuers, CAs. All of them are remembered until this is let go. And most of an object is as
 * in the one of its kind before: labels, specs of certificates, conditions.
 */
export function sharing(): Share {
  const strings = new Map<string, string>();
  const last = new Map<Kind, JsonObject>();

  return (kind, object) => {
    shareObject(object, last.get(kind));
    last.set(kind, object);
  };

  function shared(value: Json, like: Json | undefined): Json {
    if (typeof value === "string") return value === like ? like : onlyOne(value);
    if (isObject(value)) return shareObject(value, isObject(like) ? like : undefined);
    if (Array.isArray(value)) return shareList(value, Array.isArray(like) ? like : undefined);
    return value;
  }

  function onlyOne(value: string): string {
    if (value.length < shortest) return value;
    const had = strings.get(value);
    if (had !== undefined) return had;
    strings.set(value, value);
    return value;
  }

  /** `like` where that is equal, with its keys in the same order. */
  function shareObject(object: Record<string, Json>, like: JsonObject | undefined): JsonObject {
    const keys = Object.keys(object);
    const others = like && Object.keys(like);
    let equal = others?.length === keys.length;
    for (const [i, key] of keys.entries()) {
      const other = others?.[i] === key ? like?.[key] : undefined;
      const entry = shared(object[key] ?? null, other);
      object[key] = entry;
      equal &&= entry === other;
    }
    return equal && like ? like : object;
  }

  function shareList(list: Json[], like: JsonList | undefined): JsonList {
    let equal = like?.length === list.length;
    for (const [i, value] of list.entries()) {
      const entry = shared(value, like?.[i]);
      list[i] = entry;
      equal &&= entry === like?.[i];
    }
    return equal && like ? like : list;
  }
}

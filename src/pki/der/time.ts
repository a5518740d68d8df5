import { latin1Of } from "./bytes.ts";
import { bytesOf, peek, read, tags, type Reader } from "./read.ts";

/** A time as cryptobyte reads it: no fractions, an offset only as the shortest text of it, UTCTime also without seconds. */
export function readTime(reader: Reader): Date | undefined {
  const tag = peek(reader);
  if (tag !== tags.utcTime && tag !== tags.generalizedTime) return undefined;
  const contents = read(reader, tag);
  if (!contents) return undefined;
  const text = latin1Of(bytesOf(contents));
  return tag === tags.utcTime ? utcTime(text) : generalizedTime(text);
}

function utcTime(text: string): Date | undefined {
  const match = /^(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})?(Z|[+-]\d{4})$/.exec(text);
  if (!match) return undefined;
  const year = Number(match[1]);
  return date(year + (year >= 50 ? 1900 : 2000), match.slice(2));
}

function generalizedTime(text: string): Date | undefined {
  const match = /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})(Z|[+-]\d{4})$/.exec(text);
  return match ? date(Number(match[1]), match.slice(2)) : undefined;
}

function date(year: number, parts: readonly (string | undefined)[]): Date | undefined {
  const [month, day, hour, minute, second] = parts.map((part) => Number(part ?? 0));
  const offset = offsetMinutes(parts[5] ?? "Z");
  if (offset === undefined) return undefined;
  // Date.UTC takes years below 100 for those of the last century, and carries days and hours over.
  const local = new Date(0);
  local.setUTCFullYear(year, (month ?? 0) - 1, day);
  local.setUTCHours(hour ?? 0, minute, second);
  const exact = [
    [local.getUTCMonth() + 1, month],
    [local.getUTCDate(), day],
    [local.getUTCHours(), hour],
    [local.getUTCMinutes(), minute],
    [local.getUTCSeconds(), second],
  ].every(([is, said]) => is === said);
  return exact ? new Date(local.getTime() - offset * 60_000) : undefined;
}

function offsetMinutes(zone: string): number | undefined {
  if (zone === "Z") return 0;
  const [hours, minutes] = [Number(zone.slice(1, 3)), Number(zone.slice(3))];
  // Go writes what it read again and compares: "+0000" would be "Z".
  if (hours > 24 || minutes > 59 || (hours === 0 && minutes === 0)) return undefined;
  return (zone.startsWith("-") ? -1 : 1) * (hours * 60 + minutes);
}

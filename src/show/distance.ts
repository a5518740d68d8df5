import { thousands } from "../model/thousands.ts";
const units = [
  ["day", 86_400],
  ["hour", 3600],
  ["minute", 60],
] as const;

/** How far `time` is from `now` (both RFC 3339) in words: "in 12 days", "3 hours ago", "now". */
export function distance(time: string, now: string): string {
  const seconds = (Date.parse(time) - Date.parse(now)) / 1000;
  const size = Math.abs(seconds);
  const [unit, length] = units.find(([, most]) => size >= 2 * most) ?? units[2];
  const count = Math.floor(size / length);
  if (count === 0) return "now";
  const words = `${thousands(count)} ${unit}${count === 1 ? "" : "s"}`;
  return seconds > 0 ? `in ${words}` : `${words} ago`;
}

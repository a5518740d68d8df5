/** RFC 3339 without fractions. */
export function timeText(time: number): string {
  return new Date(Math.floor(time / 1000) * 1000).toISOString().replace(".000Z", "Z");
}

const date = String.raw`(\d{4})-(\d{1,2})-(\d{1,2})`;
const time = String.raw`(\d{1,2}):(\d{1,2}):(\d{1,2})(?:[.,]\d+)?`;
const zone = String.raw`(?:Z|[-+](\d{2}):(\d{2}))`;
const forms = [date, `${date}[Tt]${time}${zone}`, `${date} +${time}`].map(
  (form) => new RegExp(`^${form}$`),
);
/** Of year, month, day, hour, minute, second, and hour and minute of the zone. */
const limits = [9999, 12, 31, 23, 59, 59, 24, 60];

/**
 * Whether go.yaml.in/yaml/v2 (resolve.go, parseTimestamp) takes a text for a timestamp. Only the tag !!timestamp asks:
 * without it a timestamp is a string in any case.
 */
export function isTimestamp(text: string): boolean {
  const match = forms.map((form) => form.exec(text)).find((found) => found !== null);
  if (!match) return false;
  const numbers = match.slice(1).map((part: string | undefined) => Number(part ?? 0));
  const [year = 0, month = 0, day = 0] = numbers;
  const inRange = numbers.every((value, index) => value <= (limits[index] ?? 0));
  return inRange && month > 0 && day > 0 && day <= daysIn(year, month);
}

/** The calendar repeats after 400 years; Date takes years below 100 for those of the last century. */
function daysIn(year: number, month: number): number {
  return new Date(Date.UTC(2000 + (year % 400), month, 0)).getUTCDate();
}

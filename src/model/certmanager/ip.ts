/** What Go's net.ParseIP takes for an address: dotted decimal without leading zeros, or IPv6 without a zone. */
export function isIP(value: string): boolean {
  return isIPv4(value) || isIPv6(value);
}

function isIPv4(value: string): boolean {
  const parts = value.split(".");
  return (
    parts.length === 4 &&
    parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) <= 255)
  );
}

function isIPv6(value: string): boolean {
  const halves = value.split("::");
  if (!/^[0-9A-Fa-f:.]+$/.test(value) || halves.length > 2) return false;
  const groups = halves.flatMap((half) => (half === "" ? [] : half.split(":")));
  const last = groups.at(-1) ?? "";
  const words = last.includes(".") ? groups.slice(0, -1) : groups;
  if (last.includes(".") && !isIPv4(last)) return false;
  const count = words.length + (last.includes(".") ? 2 : 0);
  return (
    words.every((word) => /^[0-9A-Fa-f]{1,4}$/.test(word)) &&
    (halves.length === 2 ? count <= 7 : count === 8)
  );
}

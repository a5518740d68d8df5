/** netip.ParseAddr: 4 or 16 bytes; a zone is allowed behind IPv6 where `zone` says so. */
export function parseIp(
  text: string,
  zone: "no zone" | "zone" = "no zone",
): Uint8Array | undefined {
  const percent = text.indexOf("%");
  if (percent < 0) return text.includes(":") ? parseIpv6(text) : parseIpv4(text);
  if (zone === "no zone" || percent === text.length - 1) return undefined;
  const address = text.slice(0, percent);
  return address.includes(":") ? parseIpv6(address) : undefined;
}

/** net.IP.Equal: an IPv4 address and its IPv6 form are the same. */
export function sameIp(a: Uint8Array, b: Uint8Array): boolean {
  const [short, long] = [shortest(a), shortest(b)];
  return short.length === long.length && short.every((byte, i) => byte === long[i]);
}

function shortest(ip: Uint8Array): Uint8Array {
  const mapped =
    ip.length === 16 &&
    ip.subarray(0, 10).every((byte) => byte === 0) &&
    ip[10] === 255 &&
    ip[11] === 255;
  return mapped ? ip.subarray(12) : ip;
}

function parseIpv4(text: string): Uint8Array | undefined {
  const parts = text.split(".");
  const valid =
    parts.length === 4 &&
    parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) <= 255);
  return valid ? Uint8Array.from(parts, Number) : undefined;
}

function parseIpv6(text: string): Uint8Array | undefined {
  const halves = text.split("::");
  if (halves.length > 2) return undefined;
  const [head, tail] = halves.map((half, i) => groupsOf(half, i === halves.length - 1));
  if (!head || (halves.length === 2 && !tail)) return undefined;
  const missing = 16 - head.length - (tail?.length ?? 0);
  if (halves.length === 1 ? missing !== 0 : missing < 2) return undefined;
  return Uint8Array.from([...head, ...Array<number>(missing).fill(0), ...(tail ?? [])]);
}

/** The bytes of groups between colons; the last one may be an IPv4 address. */
function groupsOf(text: string, last: boolean): readonly number[] | undefined {
  if (text === "") return [];
  const bytes: number[] = [];
  const groups = text.split(":");
  for (const [i, group] of groups.entries()) {
    const ipv4 =
      last && i === groups.length - 1 && group.includes(".") ? parseIpv4(group) : undefined;
    if (ipv4) bytes.push(...ipv4);
    else if (/^[0-9A-Fa-f]{1,4}$/.test(group)) {
      const value = Number.parseInt(group, 16);
      bytes.push(value >> 8, value & 0xff);
    } else return undefined;
  }
  return bytes.length <= 16 ? bytes : undefined;
}

/** The usual text of an address: IPv6 with its longest run of zeros cut. */
export function ipText(ip: Uint8Array): string {
  const bytes = shortest(ip);
  if (bytes.length === 4) return bytes.join(".");
  const groups = Array.from({ length: bytes.length / 2 }, (_, i) =>
    ((bytes[2 * i] ?? 0) * 256 + (bytes[2 * i + 1] ?? 0)).toString(16),
  );
  const runs = [...groups.join(":").matchAll(/(?<![0-9a-f])0(?::0)+(?![0-9a-f])/g)];
  const [longest] = runs.toSorted((a, b) => b[0].length - a[0].length || a.index - b.index);
  const text = groups.join(":");
  if (!longest) return text;
  const before = text.slice(0, longest.index).replace(/:$/, "");
  const after = text.slice(longest.index + longest[0].length).replace(/^:/, "");
  return `${before}::${after}`;
}

/** Whether an address lies in a range of its own family. */
export function inRange(
  ip: Uint8Array,
  range: { readonly ip: Uint8Array; readonly mask: Uint8Array },
): boolean {
  return (
    ip.length === range.ip.length &&
    ip.every((byte, i) => {
      const mask = range.mask[i] ?? 0;
      return (byte & mask) === ((range.ip[i] ?? 0) & mask);
    })
  );
}

/**
 * The new value, with each part that says the same as its old one replaced by that old part, which whoever knows the
 * old one then knows again. Values are never changed once they are made, so they may be shared. Objects with a `raw`
 * part, which are those of Kubernetes, and whatever has a class of its own are alike only where they are the same.
 */
export function keepAlike<T>(old: T, now: T): T {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- it is `now`, or the old one that is like it
  return kept(old, now) as T;
}

export function isAlike(old: unknown, now: unknown): boolean {
  return kept(old, now) === old;
}

function kept(old: unknown, now: unknown): unknown {
  if (Object.is(old, now)) return old;
  if (typeof old !== "object" || typeof now !== "object" || !old || !now) return now;
  const prototype: unknown = Object.getPrototypeOf(now);
  return prototype === Object.getPrototypeOf(old)
    ? (keepers.get(prototype)?.(old, now) ?? now)
    : now;
}

/** By prototype, how what is alike is kept. */
const keepers: ReadonlyMap<unknown, (old: object, now: object) => object | undefined> = new Map<
  unknown,
  (old: object, now: object) => object | undefined
>([
  [Array.prototype, (old, now) => (isList(old) && isList(now) ? keptList(old, now) : undefined)],
  [Map.prototype, (old, now) => (isMap(old) && isMap(now) ? keptMap(old, now) : undefined)],
  [Set.prototype, (old, now) => (isSet(old) && isSet(now) ? keptSet(old, now) : undefined)],
  [Date.prototype, (old, now) => (Number(old) === Number(now) ? old : undefined)],
  [Object.prototype, (old, now) => (isPart(old) && isPart(now) ? keptRecord(old, now) : undefined)],
]);

type Part = Readonly<Record<string, unknown>>;

function isList(value: object): value is readonly unknown[] {
  return Array.isArray(value);
}

function isMap(value: object): value is ReadonlyMap<unknown, unknown> {
  return value instanceof Map;
}

function isSet(value: object): value is ReadonlySet<unknown> {
  return value instanceof Set;
}

function isPart(value: object): value is Part {
  return !("raw" in value);
}

/** What was put in or taken out moves the rest: that is compared with what stood as far from the end. */
function keptList(old: readonly unknown[], now: readonly unknown[]): readonly unknown[] {
  let parts: unknown[] | undefined;
  const moved = old.length - now.length;
  let isSame = moved === 0;
  for (let i = 0, from = 0; i < now.length; i++) {
    const value = now[i];
    let part = kept(old[i + from], value);
    if (moved !== 0 && from === 0 && part !== old[i]) {
      from = moved;
      part = kept(old[i + from], value);
    }
    isSame &&= Object.is(part, old[i]);
    if (part !== value) (parts ??= [...now])[i] = part;
  }
  return isSame ? old : (parts ?? now);
}

function keptMap(
  old: ReadonlyMap<unknown, unknown>,
  now: ReadonlyMap<unknown, unknown>,
): ReadonlyMap<unknown, unknown> {
  const parts = new Map<unknown, unknown>();
  const before = old.entries();
  let isSame = old.size === now.size;
  for (const [key, value] of now) {
    const part = kept(old.get(key), value);
    const first = before.next().value;
    isSame &&= first !== undefined && first[0] === key && Object.is(first[1], part);
    parts.set(key, part);
  }
  return isSame ? old : parts;
}

function keptSet(old: ReadonlySet<unknown>, now: ReadonlySet<unknown>): ReadonlySet<unknown> {
  const before = old.values();
  const isSame =
    old.size === now.size && [...now].every((value) => Object.is(before.next().value, value));
  return isSame ? old : now;
}

function keptRecord(old: Part, now: Part): Part {
  const keys = Object.keys(now);
  let parts: Record<string, unknown> | undefined;
  let isSame = keys.length === Object.keys(old).length;
  for (const key of keys) {
    const value = now[key];
    const part = kept(old[key], value);
    isSame &&= Object.is(part, old[key]) && Object.hasOwn(old, key);
    if (part !== value) (parts ??= { ...now })[key] = part;
  }
  return isSame ? old : (parts ?? now);
}

/** Makes what is asked for once each, and keeps it. */
export function once<K, V>(make: (key: K) => V): (key: K) => V {
  const made = new Map<K, { readonly value: V }>();
  return (key) => {
    const known = made.get(key) ?? { value: make(key) };
    made.set(key, known);
    return known.value;
  };
}

/** Keeps what was made last: one key after the other asks for the same. */
export function keptLast<A extends readonly unknown[], T>(
  make: (...about: A) => T,
): (...about: A) => T {
  let last: { readonly about: A; readonly value: T } | undefined;
  return (...about) => {
    if (last?.about.every((one, i) => one === about[i])) return last.value;
    const value = make(...about);
    last = { about, value };
    return value;
  };
}

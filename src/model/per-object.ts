import type { KubeObject } from "./object.ts";

/** Makes something of each object once: objects never change, and are judged many times while a cluster is followed. */
export function perObject<T, One extends object = KubeObject>(
  make: (object: One) => T,
): (object: One) => T {
  const made = new WeakMap<One, { readonly value: T }>();
  return (object) => {
    const had = made.get(object);
    if (had) return had.value;
    const value = make(object);
    made.set(object, { value });
    return value;
  };
}

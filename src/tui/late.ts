/** Something that takes a while to work out, and is when somebody wants to see it. */
export interface Late<T> {
  /** Undefined until it is worked out. */
  readonly value: () => T | undefined;
  readonly work: () => T;
}

export function late<T>(make: () => T): Late<T> {
  let made: { readonly value: T } | undefined;
  return {
    value: () => made?.value,
    work: () => (made ??= { value: make() }).value,
  };
}

/**
 * A mapping of a parsed document, seen as a Map of those entries that are strings. A class, as a large cluster has
 * 100,000s of these: all share their methods, and none has a copy of its entries.
 */
export class StringMap implements ReadonlyMap<string, string> {
  readonly #entries: Readonly<Record<string, unknown>>;

  constructor(entries: Readonly<Record<string, unknown>>) {
    this.#entries = entries;
  }

  get size(): number {
    return this.#list().length;
  }

  get(key: string): string | undefined {
    const value = Object.hasOwn(this.#entries, key) ? this.#entries[key] : undefined;
    return typeof value === "string" ? value : undefined;
  }

  has(key: string): boolean {
    return this.get(key) !== undefined;
  }

  entries(): MapIterator<[string, string]> {
    return this.#list().values();
  }

  keys(): MapIterator<string> {
    return this.#list()
      .map(([key]) => key)
      .values();
  }

  values(): MapIterator<string> {
    return this.#list()
      .map(([, value]) => value)
      .values();
  }

  [Symbol.iterator](): MapIterator<[string, string]> {
    return this.entries();
  }

  forEach(call: (value: string, key: string, map: ReadonlyMap<string, string>) => void): void {
    for (const [key, value] of this.#list()) call(value, key, this);
  }

  #list(): [string, string][] {
    return Object.entries(this.#entries).filter(isText);
  }
}

function isText(entry: [string, unknown]): entry is [string, string] {
  return typeof entry[1] === "string";
}

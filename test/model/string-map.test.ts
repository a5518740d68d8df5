import * as fc from "fast-check";
import { expect, it } from "vitest";
import { StringMap } from "../../src/model/string-map.ts";

const keys = ["a", "b", "toString", "__proto__", ""];
const entries = fc.dictionary(
  fc.constantFrom(...keys),
  fc.oneof(fc.string(), fc.integer(), fc.constant(null)),
);

it("is the Map of those entries that are strings", () => {
  fc.assert(
    fc.property(entries, (object) => {
      const plain = new Map(
        Object.entries(object).filter((entry): entry is [string, string] => {
          return typeof entry[1] === "string";
        }),
      );
      const map = new StringMap(object);
      const called: [string, string][] = [];
      map.forEach((value, key, of) => {
        called.push([key, value]);
        expect(of).toBe(map);
      });
      expect([...map]).toEqual([...plain]);
      expect([...map.entries()]).toEqual([...plain]);
      expect([...map.keys()]).toEqual([...plain.keys()]);
      expect([...map.values()]).toEqual([...plain.values()]);
      expect(called).toEqual([...plain]);
      expect(map.size).toBe(plain.size);
      for (const key of keys) {
        expect(map.get(key)).toBe(plain.get(key));
        expect(map.has(key)).toBe(plain.has(key));
      }
    }),
    { seed: 3 },
  );
});

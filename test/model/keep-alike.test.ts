import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isAlike, keepAlike } from "../../src/model/keep-alike.ts";
import { object } from "../support/objects.ts";

/** Values as facts have them. */
const value = fc.anything({ withDate: true, withMap: true, withSet: true, maxDepth: 3 });

describe("keeping what is alike", () => {
  it("never changes what a value says", () => {
    fc.assert(
      fc.property(value, value, (old, now) => {
        expect(keepAlike(old, now)).toEqual(now);
      }),
    );
  });

  it("gives back the old value where the new one says the same", () => {
    const plain = fc.jsonValue();
    fc.assert(
      fc.property(plain, (one) => {
        const copy = structuredClone(one);
        expect(keepAlike(one, copy)).toBe(one);
      }),
    );
    const old = { at: new Date(5), names: new Set(["a"]), by: new Map([["a", [{ n: 1 }]]]) };
    expect(keepAlike(old, structuredClone(old))).toBe(old);
  });

  it("keeps the parts that are alike beside others that are not", () => {
    const old = { one: { n: 1 }, other: { n: 2 }, list: [{ n: 1 }, { n: 2 }, { n: 3 }] };
    const now = keepAlike(old, { one: { n: 1 }, other: { n: 9 }, list: [{ n: 1 }, { n: 3 }] });
    expect(now.one).toBe(old.one);
    expect(now.other).not.toBe(old.other);
    expect(now.list).toEqual([{ n: 1 }, { n: 3 }]);
    expect(now.list[0]).toBe(old.list[0]);
    expect(now.list[1]).toBe(old.list[2]);
  });

  it("keeps what stands behind something that was put in", () => {
    const old = [{ n: 1 }, { n: 2 }];
    const now = keepAlike(old, [{ n: 1 }, { n: 5 }, { n: 2 }]);
    expect(now.map((one) => old.indexOf(one))).toEqual([0, -1, 1]);
  });

  it("tells objects of Kubernetes apart that say the same", () => {
    const [one, twin] = [object("Secret", "one"), object("Secret", "one")];
    expect(keepAlike([one], [twin])[0]).toBe(twin);
    expect(isAlike({ one }, { one })).toBe(true);
  });

  it.each([
    [{ a: undefined }, { b: undefined }],
    [[], {}],
    [new Map(), new Set()],
    [new Map([["a", 1]]), new Map([["b", 1]])],
    [
      new Map([
        ["a", 1],
        ["b", 2],
      ]),
      new Map([
        ["b", 2],
        ["a", 1],
      ]),
    ],
    [new Set(["a"]), new Set(["b"])],
    [new Date(1), new Date(2)],
    [Object.create(null), {}],
    [null, {}],
    [() => 1, () => 1],
  ])("does not take %o for %o", (old, now) => {
    expect(isAlike(old, now)).toBe(false);
  });
});

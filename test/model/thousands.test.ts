import { expect, it } from "vitest";
import { thousands } from "../../src/model/thousands.ts";

it.each([0, 7, 999, 1000, 12_345, 100_000, 1_234_567, 10_000_000])(
  "%d is written as English does",
  (count) => {
    expect(thousands(count)).toBe(count.toLocaleString("en-US"));
  },
);

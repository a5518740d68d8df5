import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { pace } from "../../cmd/pace.ts";

function noting(took = 0) {
  const judged: boolean[] = [];
  const mine = pace(async (anew) => {
    judged.push(anew);
    await new Promise((done) => setTimeout(done, 10));
  }, took);
  return { judged, mine };
}

describe("the pace of judging what changes", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it("judges changes that come together at once", async () => {
    const { judged, mine } = noting();
    mine.touched();
    mine.touched();
    await vi.advanceTimersByTimeAsync(60);
    expect(judged).toEqual([false]);
    mine.touched();
    await vi.advanceTimersByTimeAsync(60);
    expect(judged).toEqual([false, false]);
    mine.stop();
  });

  it("judges everything anew each minute, as certificates expire", async () => {
    const { judged, mine } = noting();
    await vi.advanceTimersByTimeAsync(125_000);
    expect(judged).toEqual([true, true]);
    mine.stop();
  });

  it("leaves time for changes where judging everything takes long", async () => {
    const { judged, mine } = noting(20_000);
    await vi.advanceTimersByTimeAsync(199_000);
    expect(judged).toEqual([]);
    await vi.advanceTimersByTimeAsync(2000);
    expect(judged).toEqual([true]);
    mine.stop();
  });

  it("ends with everything that is under way", async () => {
    const { judged, mine } = noting();
    mine.touched();
    mine.stop();
    await vi.advanceTimersByTimeAsync(500_000);
    expect(judged).toEqual([]);
    expect(vi.getTimerCount()).toBe(0);
  });
});

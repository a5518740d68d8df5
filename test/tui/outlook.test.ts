import { stripVTControlCharacters } from "node:util";
import { describe, expect, it } from "vitest";
import { besideOf } from "../../cmd/beside.ts";
import { known } from "../../src/model/known.ts";
import { forecast } from "../../src/time/forecast/forecast.ts";
import { statusOf } from "../../src/time/rotation/status.ts";
import { themeOf } from "../../src/tui/theme.ts";
import { frameOf } from "../../src/tui/frame.ts";
import { recording } from "../support/recordings.ts";
import { driven, givenOf, narrow, wide } from "../support/screen.ts";

const year = 365 * 24 * 60 * 60 * 1000;

/** A recorded cluster, without its findings. */
function givenIn(name: string) {
  const { inventory, now } = recording(name);
  const at = now.getTime();
  return givenOf(
    {
      now: now.toISOString(),
      worlds: [{ name: "", objects: 0, coverage: { evaluated: 0, notEvaluated: [] } }],
      findings: [],
      crashes: [],
      rules: [],
    },
    {
      source: name,
      handshakes: () => known(besideOf([inventory], now).handshakes()),
      forecasts: () => [{ name: "", forecast: forecast(inventory, at, at + year) }],
      rotations: () => [{ name: "", status: statusOf(inventory, at) }],
    },
  );
}

const shown = (text: string) => `${text.replaceAll(/ +$/gm, "")}\n`;

describe.each([
  ["60", narrow],
  ["200", wide],
] as const)("at %s columns", (columns, size) => {
  it.each([
    ["handshakes", ["2"]],
    ["handshake", ["2", "enter"]],
    ["timeline", ["3"]],
    ["timeline-of-90-days", ["3", "o"]],
    ["timeline-filtered", ["3", "/", "type:breaks", "enter"]],
    ["event", ["3", "/", "type:breaks", "enter", "enter"]],
    ["rotation", ["4"]],
  ] as const)("draws %s", async (name, keys) => {
    const screen = driven(givenIn("06c-one-leaf-renewed"), size);
    screen.keys(...keys);
    await expect(shown(screen.frame())).toMatchFileSnapshot(`golden/${name}-${columns}.txt`);
    await expect(shown(screen.plain())).toMatchFileSnapshot(`golden/${name}-${columns}-spoken.txt`);
  });
});

function stepsOf(name: string): readonly string[] {
  const screen = driven(givenIn(name), { columns: 120, rows: 40 });
  screen.keys("4");
  const rows = [...screen.frame().matchAll(/^[> ] (\d) (done|no|now|) /gm)];
  return rows.map(([, , state = ""]) => state);
}

describe("the rotation", () => {
  it.each([
    ["07-2-both-trusted", ["done", "done", "done", "done", "now", "", "", "", ""]],
    [
      "07-3-references-switched",
      ["done", "done", "done", "done", "done", "done", "done", "now", ""],
    ],
    ["07-4-old-ca-removed", Array.from({ length: 9 }, () => "done")],
  ])("%s: steps", (name, states) => {
    expect(stepsOf(name)).toEqual(states);
  });

  it("calls no step done whose condition does not hold", () => {
    expect(stepsOf("06c-one-leaf-renewed").slice(0, 6)).toEqual([
      "done",
      "done",
      "done",
      "no",
      "done",
      "now",
    ]);
    expect(stepsOf("13b-then-shop").slice(0, 2)).toEqual(["no", "no"]);
  });

  it("says why nothing is known", () => {
    const screen = driven(givenIn("04-acme-for-internal-names"), narrow);
    screen.keys("4");
    expect(screen.frame()).toContain("Where a rotation stands is not known");
  });
});

describe("what takes long", () => {
  it("is said to be worked out before it is, and only when somebody looks", () => {
    const later: (() => void)[] = [];
    const screen = driven(givenIn("07-2-both-trusted"), narrow, (work) => later.push(work));
    expect(later).toHaveLength(0);
    screen.keys("3");
    expect(screen.frame()).toContain("Working out what will happen");
    expect(later).toHaveLength(1);
    later.pop()?.();
    expect(screen.frame()).toMatch(/of \d+ events/);
    screen.keys("1", "3");
    expect(later).toHaveLength(0);
  });
});

describe("the timeline without colour", () => {
  it("tells by letters what happens when", () => {
    const screen = driven(givenIn("06c-one-leaf-renewed"), narrow);
    screen.keys("3");
    const { state, contents, size } = screen.get();
    const text = frameOf(state, contents, size).map(themeOf(false)).join("\n");
    expect(text).not.toContain("\u001b[3");
    expect(stripVTControlCharacters(text)).toMatch(/─+B─+E─+K/);
  });
});

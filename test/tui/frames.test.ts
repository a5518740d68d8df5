import * as fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { bindings } from "../../src/tui/keys.ts";
import type { Given } from "../../src/tui/contents.ts";
import { frameOf } from "../../src/tui/frame.ts";
import { textOf } from "../../src/tui/line.ts";
import { themeOf } from "../../src/tui/theme.ts";
import { driven, exampleGiven, narrow, wide } from "../support/screen.ts";
import { widthOf, cellsOf } from "../../src/show/cells.ts";

let shop: Given;
let page: Given;
beforeAll(async () => {
  shop = await exampleGiven("shop");
  page = await exampleGiven("documentation-page");
});

const golden = (name: string) => `golden/${name}.txt`;
const shown = (text: string) => `${text.replaceAll(/ +$/gm, "")}\n`;

describe.each([
  ["60", narrow],
  ["200", wide],
] as const)("at %s columns", (columns, size) => {
  it.each([
    ["findings", []],
    ["findings-by-object", ["o", "o", "o"]],
    ["filtered", ["/", "type:kind:clusterissuer", "enter"]],
    ["finding", ["j", "enter"]],
    ["rule", ["p"]],
    ["coverage", ["5"]],
    ["not-evaluated", ["5", "enter"]],
    ["facets", ["f"]],
    ["help", ["?"]],
    ["reason", ["s", "type:known to us"]],
  ] as const)("draws %s", async (name, keys) => {
    const screen = driven(shop, size);
    screen.keys(...keys);
    await expect(shown(screen.frame())).toMatchFileSnapshot(golden(`${name}-${columns}`));
  });

  it("draws what a screen reader reads", async () => {
    const screen = driven(shop, size);
    const said = [["j"], ["enter"], ["esc", "5"], ["1", "/", "type:201"]].map((keys) => {
      screen.keys(...keys);
      return `> ${keys.join(" ")}\n${screen.plain()}`;
    });
    await expect(shown(said.join("\n\n"))).toMatchFileSnapshot(golden(`screen-reader-${columns}`));
  });

  it("draws the findings of the documentation page", async () => {
    const screen = driven(page, size);
    await expect(shown(screen.frame())).toMatchFileSnapshot(
      golden(`documentation-page-${columns}`),
    );
  });
});

describe("the frame", () => {
  it("has exactly the rows and columns of the terminal, whatever keys and sizes come", () => {
    const names = bindings.flatMap(({ keys }) => keys).filter((key) => key !== "q");
    const key = fc.constantFrom(...names, "1", "2", "3", "4", "5", "x", " ", "type:is:open");
    const size = fc.record({
      columns: fc.integer({ min: 20, max: 220 }),
      rows: fc.integer({ min: 4, max: 60 }),
    });
    const screen = driven(shop, wide);
    fc.assert(
      fc.property(fc.array(fc.oneof(key, size), { maxLength: 30 }), (events) => {
        for (const event of events) {
          if (typeof event === "string") screen.keys(event);
          else screen.resize(event);
          const { state, contents, size: now } = screen.get();
          const frame = frameOf(state, contents, now);
          expect(frame).toHaveLength(now.rows);
          for (const one of frame) expect(widthOf(cellsOf(textOf(one)))).toBe(now.columns);
        }
      }),
      { numRuns: 200 },
    );
  });

  it("keeps the cursor in sight when the terminal shrinks", () => {
    const screen = driven(shop, { columns: 80, rows: 24 });
    screen.keys("G");
    screen.resize({ columns: 60, rows: 6 });
    expect(screen.frame()).toMatch(/^> /m);
  });

  it("uses no colour where there is to be none, and still tells where the cursor is", () => {
    const screen = driven(shop, narrow);
    const { state, contents, size } = screen.get();
    const plain = frameOf(state, contents, size).map(themeOf(false)).join("\n");
    const codes = [...plain.matchAll(/\[([\d;]+)m/g)].flatMap(([, all = ""]) => all.split(";"));
    expect(new Set(codes)).toEqual(new Set(["1", "7", "22", "27"]));
    expect(plain).toContain("> ");
    const colored = frameOf(state, contents, size).map(themeOf(true)).join("\n");
    expect(colored).toContain("\u001b[1;31m");
  });
});

describe("keys", () => {
  it("walks through the views and back", () => {
    const screen = driven(shop, narrow);
    const views = ["tab", "tab", "tab", "tab", "tab", "shift+tab"].map((key) => {
      screen.keys(key);
      return screen.get().state.view;
    });
    expect(views).toEqual([
      "handshakes",
      "timeline",
      "rotation",
      "coverage",
      "findings",
      "coverage",
    ]);
  });

  it("opens a finding, its rule, and comes back step by step", () => {
    const screen = driven(shop, narrow);
    screen.keys("enter", "p");
    expect(screen.get().state.pages.map(({ page: one }) => one.type)).toEqual(["finding", "rule"]);
    screen.keys("esc", "esc");
    expect(screen.get().state.pages).toEqual([]);
  });

  it("searches in a text and goes from match to match", () => {
    const screen = driven(shop, { columns: 80, rows: 10 });
    screen.keys("p", "/", "type:knative", "enter");
    const first = screen.get().state.pages.at(-1)?.spot.cursor ?? 0;
    screen.keys("n");
    expect(screen.get().state.pages.at(-1)?.spot.cursor).toBeGreaterThan(first);
    screen.keys("N");
    expect(screen.get().state.pages.at(-1)?.spot.cursor).toBe(first);
  });

  it("asks for a reason before it suppresses, and takes none for an answer", () => {
    const screen = driven(shop, narrow);
    screen.keys("s", "enter");
    expect(screen.effects).toEqual([]);
    expect(screen.frame()).toContain("it needs a reason");
    screen.keys("s", "type:ok until May", "enter");
    expect(screen.effects).toEqual([
      {
        type: "suppress",
        rule: "KC111",
        subject: { kind: "ConfigMap", namespace: "knative-serving", name: "config-network" },
        reason: "ok until May",
      },
    ]);
  });

  it("copies, edits, saves and reads again", () => {
    const screen = driven(shop, narrow);
    screen.keys("y", "e", "w", "ctrl+u", "type:out.json", "enter", "r");
    expect(screen.effects).toMatchObject([
      { type: "copy", text: expect.stringContaining("error KC111") },
      { type: "edit", location: { file: "examples/shop/config.yaml", line: 11 } },
      { type: "save", file: "out.json" },
      { type: "refresh" },
    ]);
  });

  it("filters by a facet, and takes it out again", () => {
    const screen = driven(shop, narrow);
    screen.keys("f", "enter", "esc");
    const { filter } = screen.get().state.spots.findings;
    expect(filter).toMatch(/^\w+:\S+$/);
    expect(screen.frame()).toContain(`filter: ${filter}`);
    screen.keys("esc");
    expect(screen.get().state.spots.findings.filter).toBe("");
  });

  it("folds a group and all groups", () => {
    const screen = driven(shop, narrow);
    screen.keys("h");
    expect(screen.frame()).toContain("+ error");
    expect(screen.frame()).not.toContain("KC111");
    screen.keys("l", "z");
    expect(screen.frame()).not.toContain("KC129");
  });

  it("stays on the finding when everything has been read again", () => {
    const screen = driven(shop, narrow);
    screen.keys("n", "n");
    const before = /^> .*$/m.exec(screen.frame())?.[0];
    const [, ...rest] = shop.report.findings;
    screen.replace({ ...shop, report: { ...shop.report, findings: rest } });
    expect(/^> .*$/m.exec(screen.frame())?.[0]).toBe(before);
  });
});

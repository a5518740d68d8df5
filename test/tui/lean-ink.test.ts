import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import * as fc from "fast-check";
import { build } from "rolldown";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
// @ts-expect-error -- it has no types
import { leanInk } from "../../build/lean-ink.mjs";
import * as ink from "../support/ink.ts";

/** What is bundled draws as Ink itself does. */
const directory = mkdtempSync(join(tmpdir(), "knative-certs-ink-"));
let lean: typeof ink;

beforeAll(async () => {
  await build({
    input: { ink: "test/support/ink.ts" },
    platform: "node",
    external: ["react-devtools-core"],
    transform: { target: "node20", define: { "process.env.NODE_ENV": '"production"' } },
    plugins: [leanInk()],
    output: { dir: directory, format: "esm", entryFileNames: "[name].mjs" },
  });
  lean = (await import(pathToFileURL(join(directory, "ink.mjs")).href)) as typeof ink;
});
afterAll(() => {
  rmSync(directory, { recursive: true });
});

interface Piece {
  readonly text: string;
  /** Columns and rows that it is moved over what else is drawn. */
  readonly at?: readonly [left: number, top: number];
  readonly color?: string;
}

function drawn(by: typeof ink, pieces: readonly Piece[], columns: number): string {
  const { Box, Text, createElement, renderToString } = by;
  const rows = pieces.map(({ text, at, color }, key) => {
    const one = createElement(
      Text,
      { key, wrap: "truncate", ...(color !== undefined && { color }) },
      text,
    );
    return at
      ? createElement(Box, { key, position: "absolute", left: at[0], top: at[1] }, one)
      : one;
  });
  return renderToString(createElement(Box, { flexDirection: "column", height: 12 }, rows), {
    columns,
  });
}

const style = fc
  .array(fc.constantFrom(0, 1, 2, 7, 22, 27, 31, 34, 38, 39, 5, 196), { maxLength: 4 })
  .map((codes) => `\u001b[${codes.join(";")}m`);
const word = fc.oneof(
  fc.stringMatching(/^[ -~]{0,30}$/),
  fc.constantFrom("│", "─ ─", "…", "·", "  ", "漢字", "é", "e\u0301", "👩‍👩‍👧", "🇩🇪", "가", "\u200b"),
  fc.string({ unit: "grapheme", maxLength: 8 }),
);
const row = fc
  .array(fc.oneof(word, style), { maxLength: 8 })
  .map((parts) => ({ text: parts.join("") }));
const columns = fc.constantFrom(20, 60, 120);

describe("the screen's renderer, as bundled", () => {
  it("draws rows as Ink itself does", () => {
    fc.assert(
      fc.property(fc.array(row, { maxLength: 12 }), columns, (rows, width) => {
        expect(drawn(lean, rows, width)).toBe(drawn(ink, rows, width));
      }),
      { numRuns: 500 },
    );
  });

  it("draws texts that overlap, are coloured or have several lines as Ink itself does", () => {
    const place = fc.tuple(fc.integer({ min: -3, max: 30 }), fc.integer({ min: -1, max: 12 }));
    const piece = fc.record(
      {
        text: fc
          .array(row, { maxLength: 3 })
          .map((rows) => rows.map(({ text }) => text).join("\n")),
        at: place,
        color: fc.constantFrom("red", "#00ff00"),
      },
      { requiredKeys: ["text"] },
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 6 }), columns, (pieces, width) => {
        expect(drawn(lean, pieces, width)).toBe(drawn(ink, pieces, width));
      }),
      { numRuns: 300 },
    );
  });
});

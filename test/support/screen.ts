import { readFileSync } from "node:fs";
import { globSync } from "tinyglobby";
import { pageOf } from "../../cmd/pages.ts";
import { documentAround } from "../../src/load/object-text.ts";
import { unknown } from "../../src/model/known.ts";
import type { LocatedReport } from "../../src/rule/report.ts";
import type { Given } from "../../src/tui/contents.ts";
import type { Effect } from "../../src/tui/effect.ts";
import { frameOf, type Size } from "../../src/tui/frame.ts";
import { textOf } from "../../src/tui/line.ts";
import { plainFrame } from "../../src/tui/plain.ts";
import { makeStore, type Store } from "../../src/tui/store.ts";
import { located } from "./located.ts";

export const narrow: Size = { columns: 60, rows: 24 };
export const wide: Size = { columns: 200, rows: 24 };

export function givenOf(report: LocatedReport, rest: Partial<Given> = {}): Given {
  return {
    source: "examples",
    report,
    handshakes: () => unknown("no handshakes in this test"),
    forecasts: () => [],
    rotations: () => [],
    rulePage: () => undefined,
    objectText: () => undefined,
    ...rest,
  };
}

/** Rules by which the examples are judged here, so that a new rule does not change every frame. */
const select = ["KC101", "KC111", "KC128", "KC129", "KC201", "KC207"];

/** One of the bundled examples, as `lint -i` shows it. */
export async function exampleGiven(name: string): Promise<Given> {
  const paths = globSync(`examples/${name}/*.yaml`).toSorted();
  const files = Object.fromEntries(
    paths.filter((path) => !path.includes("/.")).map((path) => [path, readFileSync(path, "utf8")]),
  );
  const report = await located(files, { asked: { select } });
  const sources = new Map(Object.entries(files));
  return givenOf(report, {
    source: `examples/${name}`,
    rulePage: await pageOf(),
    objectText: ({ location }) => (location ? documentAround(location, sources) : undefined),
  });
}

export interface Driven extends Store {
  readonly effects: readonly Effect[];
  /** Keys by name; "type:abc" types letters. */
  keys(...names: readonly string[]): void;
  frame(): string;
  plain(): string;
}

const atOnce = (work: () => void): void => {
  work();
};

export function driven(
  given: Given,
  size: Size,
  later: (work: () => void) => void = atOnce,
): Driven {
  const effects: Effect[] = [];
  const store = makeStore(given, size, (effect) => effects.push(effect), later);
  return {
    ...store,
    effects,
    keys(...names) {
      for (const name of names) {
        const letters = name.startsWith("type:") ? Array.from(name.slice(5)) : undefined;
        for (const letter of letters ?? [name])
          store.press({
            name: letter === " " ? "space" : letter,
            text: letter.length === 1 ? letter : "",
          });
      }
    },
    frame() {
      const { state, contents, size: now } = store.get();
      return frameOf(state, contents, now).map(textOf).join("\n");
    },
    plain() {
      const { state, contents, size: now } = store.get();
      return plainFrame(state, contents, now).map(textOf).join("\n");
    },
  };
}

import * as fc from "fast-check";
import { globSync } from "tinyglobby";
import { describe, expect, it } from "vitest";
import { explainRule } from "../cmd/explain.ts";
import { ruleTable } from "../cmd/rule-table.ts";
import { presets } from "../rules/presets.ts";
import { rules } from "../rules/index.ts";
import { covers } from "../src/engine/select.ts";
import { readDocument } from "../src/load/yaml/read.ts";
import type { Json } from "../src/model/json.ts";
import { isObject } from "../src/model/json.ts";
import type { Rule } from "../src/rule/index.ts";
import { analyzed, catalogue } from "./support/analyze.ts";
import { mutated } from "./support/mutate.ts";
import { inventory } from "./support/objects.ts";
import { essence, judged, outputOf, readsOf, worldOf } from "./support/rule-examples.ts";
import {
  freshPage,
  headings,
  pathOf,
  readPage,
  type Example,
  type Verdict,
} from "./support/rule-pages.ts";

/** Rules that can be evaluated whatever the input lacks, and why. Every other one shows when it cannot. */
const alwaysEvaluated: ReadonlyMap<string, string> = new Map([
  ["KC108", "a ConfigMap's own data and annotations are all it looks at"],
  ["KC109", "a ConfigMap's own labels are all it looks at"],
  ["KC117", "it compares two objects that were read"],
  ["KC125", "an object's own annotations and labels are all it looks at"],
  ["KC126", "it compares what was read with what is assumed"],
  ["KC222", "an issuer's own spec is all it looks at"],
  ["KC310", "it compares Certificates and Secrets that were read"],
  ["KC317", "it looks at Certificates with a status, and says what it cannot see of the chain"],
  ["KC322", "a Certificate's own spec is all it looks at"],
  [
    "KC505",
    "labels and content of ConfigMaps, and handshakes that fail for certain, are all it looks at",
  ],
  ["KC507", "a bundle's own text is all it looks at"],
  ["KC508", "the content of bundles that were read is all it looks at"],
  ["KC509", "the content of a ConfigMap that was read is all it looks at"],
  ["KC511", "it compares ConfigMaps that were read"],
  ["KC902", "it compares objects that were read"],
  ["KC904", "what did not answer is what it reports"],
  ["KC903", "suppressions are known once the run is over"],
]);

/** Slots without a value, and what JavaScript prints for none. */
const unreadable = /(?<!\{)\{[a-zA-Z]+\}|\bundefined\b|\[object|\bNaN\b/;

const renew = "run `npm run pages`, and look at what it changed";
const written = rules.map((rule) => ({ name: `${rule.code} ${rule.id}`, rule }));

/** The examples of a rule's page. */
function examplesOf(rule: Rule, ...verdicts: readonly Verdict[]): readonly Example[] {
  const examples = readPage(rule)?.examples ?? [];
  return examples.filter(({ verdict }) => verdicts.length === 0 || verdicts.includes(verdict));
}

describe.each(written)("$name", ({ rule }) => {
  it("has a page with the headings of every page", () => {
    const page = readPage(rule);
    expect(page, `${pathOf(rule)} is missing`).toBeDefined();
    expect(page?.headings).toEqual(headings);
    expect(page?.empty).toEqual([]);
  });

  it("has a page whose header and outputs are fresh", async () => {
    const page = readPage(rule);
    if (!page) return expect.unreachable(`${pathOf(rule)} is missing`);
    const fresh = await freshPage(rule, page, (example) => outputOf(rule, example));
    await expect(fresh).toMatchFileSnapshot(`../${page.path}`, renew);
  });

  it("finds fault in every example that should fail, and nothing in any other", async () => {
    const wrong: string[] = [];
    for (const example of examplesOf(rule)) {
      const { findings, crashes } = judged(rule, example, await worldOf(example));
      const mine = findings.filter(({ code }) => code === rule.code);
      if (crashes.length > 0) wrong.push(`${example.at}: ${crashes[0]?.stack ?? "crashed"}`);
      if (mine.length > 0 !== (example.verdict === "fail"))
        wrong.push(
          `${example.at}: ${mine.map(({ message }) => message).join("; ") || "no finding"}`,
        );
    }
    expect(wrong).toEqual([]);
  });

  it("has an example that it has looked at and found good", async () => {
    const passing = examplesOf(rule, "pass");
    const unseen: string[] = [];
    for (const example of passing) {
      const { evaluated, notEvaluated } = await coverageOf(rule, example);
      if (evaluated === 0) unseen.push(`${example.at}: the rule has nothing to look at`);
      for (const { why } of notEvaluated) unseen.push(`${example.at}: not evaluated: ${why}`);
    }
    expect(passing).not.toEqual([]);
    expect(unseen).toEqual([]);
  });

  it("has an example that it cannot judge, or a reason why there is none", async () => {
    const unknown = examplesOf(rule, "unknown");
    const judgedAll: string[] = [];
    for (const example of unknown) {
      const { notEvaluated } = await coverageOf(rule, example);
      if (notEvaluated.length === 0) judgedAll.push(example.at);
    }
    expect(unknown.length === 0).toBe(alwaysEvaluated.has(rule.code));
    expect(judgedAll).toEqual([]);
  });

  it("shows each of its messages", async () => {
    const shown = new Set<string>();
    for (const example of examplesOf(rule, "fail")) {
      const { findings } = judged(rule, example, await worldOf(example));
      for (const { code, messageId } of findings) if (code === rule.code) shown.add(messageId);
    }
    expect([...shown].toSorted()).toEqual(Object.keys(rule.messages).toSorted());
  });

  it("fills every slot of its messages", async () => {
    const unfilled: string[] = [];
    for (const example of examplesOf(rule, "fail")) {
      const { findings } = judged(rule, example, await worldOf(example));
      const texts = findings.flatMap(({ message, consequence, remedy }) => [
        message,
        consequence,
        remedy,
      ]);
      unfilled.push(...texts.filter((text) => unreadable.test(text)));
    }
    expect(unfilled).toEqual([]);
  });

  it("reads what it declares, all of it and nothing else", async () => {
    const read = new Set<string>();
    for (const example of examplesOf(rule))
      for (const name of readsOf(rule, example, await worldOf(example))) read.add(name);
    expect([...read].toSorted()).toEqual(rule.reads.toSorted());
  });

  it("says the same whatever the order of documents and fields", async () => {
    for (const example of examplesOf(rule)) {
      const documents = documentsOf(example.text);
      const values = valuesOf(example);
      const orders = [documents.toReversed().join("")];
      if (values.length === documents.length) orders.push(asText(values.map(reversed)));
      const expected = await essencesOf(rule, example, example.text);
      for (const text of orders) expect(await essencesOf(rule, example, text)).toEqual(expected);
    }
  });

  it("is silent where there is nothing", () => {
    for (const state of ["complete", "partial"] as const) {
      const nothing = inventory([], { knowledge: () => ({ state, why: "no file" }) });
      const { findings, crashes } = analyzed([nothing], { select: [rule.code] });
      expect({ findings, crashes }).toEqual({ findings: [], crashes: [] });
    }
  });

  it("never throws, whatever its examples turn into", async () => {
    const examples = examplesOf(rule).filter((example) => valuesOf(example).length > 0);
    const arbitrary = examples.map((example) =>
      mutated(valuesOf(example)).map((values) => ({ example, values })),
    );
    if (arbitrary.length === 0) return expect(["KC901"]).toContain(rule.code);
    await fc.assert(
      fc.asyncProperty(fc.oneof(...arbitrary), async ({ example, values }) => {
        const world = await worldOf(example, asText(values));
        expect(judged(rule, example, world).crashes).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });

  it("is in a preset", () => {
    const mine = [...presets.values()].filter((preset) =>
      preset.rules.some((selector) => covers(catalogue, selector, rule)),
    );
    expect(mine).not.toEqual([]);
  });

  it("says where its behaviour is written", () => {
    expect(rule.citation).toMatch(/https:\/\/\S+\.|RFC \d|\S+\/\S+/);
  });

  it("is explained by its page, by code and by id", async () => {
    for (const topic of [rule.code, rule.code.toLowerCase(), rule.id]) {
      let out = "";
      const io = {
        out: (text: string) => void (out += text),
        err: () => {},
        env: {},
        cwd: ".",
        columns: undefined,
        now: () => new Date(0),
      };
      expect(await explainRule(topic, io)).toBe(0);
      expect(out).toBe(readPage(rule)?.text);
    }
  });
});

describe("the list of rules", () => {
  it("holds every rule that is written", () => {
    const files = globSync("rules/*/*.ts").map((path) => path.replaceAll("\\", "/"));
    const listed = rules.map((rule) => pathOf(rule).replace(/\.md$/, ".ts"));
    expect(listed.toSorted()).toEqual(files.toSorted());
  });

  it("has a rule for every page", () => {
    const pages = globSync("rules/*/*.md").map((path) => path.replaceAll("\\", "/"));
    expect(rules.map(pathOf)).toEqual(expect.arrayContaining(pages));
  });

  it("is sorted by code, and no code or id is there twice", () => {
    const codes = rules.map(({ code }) => code);
    expect(codes).toEqual([...new Set(codes)].toSorted());
    expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length);
  });

  it("names only rules that exist where one follows another, and never in a circle", () => {
    const follows = new Map(rules.map(({ code, follows: causes }) => [code, causes ?? []]));
    const circles = rules.filter(({ code }) => reaches(code, code, follows));
    const strangers = [...follows.values()].flat().filter((code) => !follows.has(code));
    expect({ circles, strangers }).toEqual({ circles: [], strangers: [] });
  });

  it("gives reasons only for rules that exist", () => {
    const codes = rules.map(({ code }) => code);
    expect(codes).toEqual(expect.arrayContaining([...alwaysEvaluated.keys()]));
  });

  it("is shown in rules/README.md as it is", async () => {
    await expect(ruleTable(rules)).toMatchFileSnapshot("../rules/README.md", renew);
  });
});

async function coverageOf(rule: Rule, example: Example) {
  const [world] = judged(rule, example, await worldOf(example)).worlds;
  if (!world) throw new Error("one world has one report");
  const { evaluated, notEvaluated } = world.coverage;
  return { evaluated, notEvaluated: notEvaluated.filter(({ code }) => code === rule.code) };
}

async function essencesOf(rule: Rule, example: Example, text: string) {
  const { findings, worlds } = judged(rule, example, await worldOf(example, text));
  return { findings: findings.map(essence), coverage: worlds.map(({ coverage }) => coverage) };
}

/** The documents of a text, each with a line `---` of its own before it. */
function documentsOf(text: string): readonly string[] {
  const [first = "", ...others] = text.split(/^(?=---(?:\s|$))/m);
  return [first.startsWith("---") ? first : `---\n${first}`, ...others];
}

/** The documents of an example as values; those that are no YAML are left out. */
function valuesOf({ text }: Example): readonly Json[] {
  return documentsOf(text).flatMap((document) => {
    const read = readDocument(document.replace(/^---.*\n/, ""));
    return read.ok && isObject(read.value) && read.duplicates.length === 0 ? [read.value] : [];
  });
}

function asText(values: readonly Json[]): string {
  return values.map((value) => `---\n${JSON.stringify(value)}\n`).join("");
}

function reversed(value: Json): Json {
  if (Array.isArray(value)) return value.map(reversed);
  if (!isObject(value)) return value;
  const entries = Object.entries(value).map(([key, entry]) => [key, reversed(entry)] as const);
  return Object.fromEntries(entries.toReversed());
}

function reaches(
  from: string,
  to: string,
  follows: ReadonlyMap<string, readonly string[]>,
  seen = new Set<string>(),
): boolean {
  return (follows.get(from) ?? []).some((next) => {
    if (next === to) return true;
    if (seen.has(next)) return false;
    seen.add(next);
    return reaches(next, to, follows, seen);
  });
}

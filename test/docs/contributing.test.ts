import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "rolldown";
import { afterAll, describe, expect, it } from "vitest";
import { groups } from "../../rules/groups.ts";
import type { Rule } from "../../src/rule/index.ts";
import { analyzed, catalogue } from "../support/analyze.ts";
import { worldOf } from "../support/rule-examples.ts";
import { headings, parsePage, pathOf } from "../support/rule-pages.ts";

const page = readFileSync("CONTRIBUTING.md", "utf8");
const directory = mkdtempSync(join(tmpdir(), "knative-certs-"));
afterAll(() => {
  rmSync(directory, { recursive: true });
});

/** What a fenced block of CONTRIBUTING holds, without the indentation of the list that it stands in. */
function shown(fence: string, language: string): string {
  const block = new RegExp(`^ {3}${fence}${language}\\n(?<text>[^]*?)^ {3}${fence}$`, "m");
  return (block.exec(page)?.groups?.["text"] ?? "").replaceAll(/^ {3}/gm, "");
}

/** The rule that CONTRIBUTING shows, built as it stands there. */
async function shownRule(): Promise<Rule> {
  const source = join(directory, "rule.ts");
  writeFileSync(source, shown("```", "ts").replace("../../src/rule", resolve("src/rule")));
  await build({ input: source, platform: "node", output: { file: join(directory, "rule.mjs") } });
  const loaded: { readonly default: Rule } = await import(
    pathToFileURL(join(directory, "rule.mjs")).href
  );
  return loaded.default;
}

describe("CONTRIBUTING", () => {
  it("shows a rule and a page that are as every other", async () => {
    const rule = await shownRule();
    const { headings: sections, examples, empty } = parsePage("page", shown("````", "markdown"));
    expect(sections).toEqual(headings);
    expect(empty).toEqual([]);
    expect(page).toContain(pathOf(rule));
    const judged = await Promise.all(
      examples.map(async (example) => {
        const { findings, worlds } = analyzed([await worldOf(example)], {
          catalogue: { ...catalogue, rules: [...catalogue.rules, rule] },
          select: [rule.code],
        });
        const blind = worlds.flatMap(({ coverage }) => coverage.notEvaluated);
        return [example.verdict, findings.map(({ message }) => message), blind.length];
      }),
    );
    expect(judged).toEqual([
      ["fail", ["Namespace/shop is labelled certificates: none"], 0],
      ["pass", [], 0],
      ["unknown", [], 1],
    ]);
  });

  it("names the groups and their digits", () => {
    for (const [group, prefix] of groups) expect(page).toContain(`\`${group}\` ${prefix}`);
  });

  it("knows every room", () => {
    const house = /## The house\n(?<house>[^]*?)\n\n(?=[A-Z])/.exec(page)?.groups?.["house"] ?? "";
    const architecture = readFileSync("test/architecture.test.ts", "utf8");
    const rooms = [...architecture.matchAll(/^ {2}"?(src\/\w+|cmd|rules)"?: \{/gm)];
    for (const [, room = ""] of rooms) expect(house).toContain(` ${room}`);
    expect(rooms.length).toBeGreaterThan(6);
  });
});

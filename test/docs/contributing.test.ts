import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "rolldown";
import { afterAll, describe, expect, it } from "vitest";
import type { Rule } from "../../src/rule/index.ts";
import { analyzed, catalogue } from "../support/analyze.ts";
import { inventoryOf } from "../support/world.ts";

const page = readFileSync("CONTRIBUTING.md", "utf8");
const directory = mkdtempSync(join(tmpdir(), "knative-certs-"));
afterAll(() => {
  rmSync(directory, { recursive: true });
});

/** The rule that CONTRIBUTING shows, built as it stands there. */
async function shownRule(): Promise<Rule> {
  const code = /```ts\n(?<code>[^]*?)```/.exec(page)?.groups?.["code"] ?? "";
  const source = join(directory, "rule.ts");
  writeFileSync(source, code.replace("../../src/rule", resolve("src/rule")));
  await build({ input: source, platform: "node", output: { file: join(directory, "rule.mjs") } });
  const loaded: { readonly default: Rule } = await import(
    pathToFileURL(join(directory, "rule.mjs")).href
  );
  return loaded.default;
}

const named = (name: string) =>
  inventoryOf({
    "a.yaml": `apiVersion: cert-manager.io/v1
kind: Certificate
metadata: { name: ${name}, namespace: shop }
`,
  });

describe("CONTRIBUTING", () => {
  it("shows a rule that runs", async () => {
    const rule = await shownRule();
    const run = (name: string) =>
      analyzed([named(name)], {
        catalogue: { ...catalogue, rules: [...catalogue.rules, rule] },
        select: [rule.code],
      });
    expect(run("bad").findings.map(({ message }) => message)).toEqual([
      "the name bad says nothing",
    ]);
    expect(run("good")).toMatchObject({ findings: [], crashes: [] });
  });

  it("knows every room", () => {
    const house = /## The house\n(?<house>[^]*?)\n\n(?=[A-Z])/.exec(page)?.groups?.["house"] ?? "";
    const architecture = readFileSync("test/architecture.test.ts", "utf8");
    const rooms = [...architecture.matchAll(/^ {2}"?(src\/\w+|cmd|rules)"?: \{/gm)];
    for (const [, room = ""] of rooms) expect(house).toContain(` ${room}`);
    expect(rooms.length).toBeGreaterThan(6);
  });
});

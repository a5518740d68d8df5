import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { globSync } from "tinyglobby";
import { describe, expect, it } from "vitest";
import { parseCli } from "../../cmd/cli.ts";
import { shownCommands } from "../support/shown-commands.ts";

const readme = readFileSync("README.md", "utf8");
const { scripts } = JSON.parse(readFileSync("package.json", "utf8")) as {
  readonly scripts: Readonly<Record<string, string>>;
};
const pages = globSync(["*.md", "docs/**/*.md", "rules/**/*.md", "test/**/*.md"]);

describe("README", () => {
  it("asks for scripts that there are", () => {
    const asked = [...readme.matchAll(/npm (?:run )?(start|test|[a-z]+:[a-z]+)/g)];
    expect(asked.length).toBeGreaterThan(1);
    for (const [, script = ""] of asked) expect(scripts).toHaveProperty([script]);
  });

  it("shows command lines that the program understands", () => {
    const shown = shownCommands(readme)
      .filter((line) => line.startsWith("kubectl knative-certs "))
      .map((line) => line.split(/\s+/).slice(2));
    expect(shown.length).toBeGreaterThan(3);
    for (const argv of shown)
      expect(parseCli(argv, "kubectl knative-certs")).toHaveProperty("request");
  });

  it("links nothing that is not there, nor does any other page", () => {
    const broken = pages.flatMap((page) =>
      [...readFileSync(page, "utf8").matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)]
        .map(([, target = ""]) => join(dirname(page), target))
        .filter((target) => !existsSync(target))
        .map((target) => `${page}: ${target}`),
    );
    expect(broken).toEqual([]);
  });
});

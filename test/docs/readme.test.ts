import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { globSync } from "tinyglobby";
import { describe, expect, it } from "vitest";
import { parseCli } from "../../cmd/cli.ts";
import { commandTables } from "../../cmd/command-tables.ts";
import { shownCommands } from "../support/shown-commands.ts";

const readme = readFileSync("README.md", "utf8");
const { scripts } = JSON.parse(readFileSync("package.json", "utf8")) as {
  readonly scripts: Readonly<Record<string, string>>;
};
const pages = globSync(["*.md", "docs/**/*.md", "rules/**/*.md", "test/**/*.md", "deploy/*.md"]);

const options = new Set(
  Object.values(commandTables).flatMap((table) => Object.keys(table.options)),
);
const repository = "https://github.com/knative-certs/kubectl-knative-certs";

interface Link {
  readonly path: string;
  /** "" for the page as a whole. */
  readonly anchor: string;
}

/** What a page links of this repository, relatively or by its address. */
function linksOf(page: string): readonly Link[] {
  const text = readFileSync(page, "utf8");
  const relative = [...text.matchAll(/\]\((?!https?:)([^)#\s]*)(?:#([^)\s]+))?\)/g)].map(
    ([, target = "", anchor = ""]) => ({
      path: target === "" ? page : join(dirname(page), target),
      anchor,
    }),
  );
  const whole = new RegExp(`${repository}/(?:blob|tree)/main/([^#)\\s]+)(?:#([^)\\s]+))?`, "g");
  const absolute = [...text.matchAll(whole)].map(([, path = "", anchor = ""]) => ({
    path,
    anchor,
  }));
  return [...relative, ...absolute];
}

/** As GitHub makes them of headings. */
function anchorsOf(path: string): ReadonlySet<string> {
  if (!path.endsWith(".md")) return new Set([""]);
  const headings = [...readFileSync(path, "utf8").matchAll(/^#+ (.*)$/gm)].map(([, title = ""]) =>
    title
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, "")
      .replaceAll(" ", "-"),
  );
  return new Set(["", ...headings]);
}

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

  it("names in passing, as every other page, commands and options that there are", () => {
    const named = pages.flatMap((page) => {
      const prose = readFileSync(page, "utf8").replaceAll(/^ *(`{3,})[^]*?^ *\1$/gm, "");
      return [...prose.matchAll(/`([^`\n]+)`/g)].map(([, code = ""]) => ({ page, code }));
    });
    const commands = named.filter(({ code }) => code.startsWith("kubectl knative-certs "));
    expect(commands.length).toBeGreaterThan(8);
    for (const { page, code } of commands)
      expect(parseCli(code.split(/\s+/).slice(2), "kubectl knative-certs"), page).toHaveProperty(
        "request",
      );
    const ours = named.filter(({ page }) => /^(?:README|docs\/)/.test(page));
    const strange = ours.flatMap(({ page, code }) =>
      [...code.matchAll(/(?:^|\s)--([\w-]+)/g)]
        .filter(([, option = ""]) => !options.has(option.replace(/^no-/, "")))
        .map(([, option = ""]) => `${page}: --${option}`),
    );
    expect(strange).toEqual([]);
  });

  it("links nothing that is not there, nor does any other page", () => {
    const broken = pages.flatMap((page) =>
      linksOf(page)
        .filter(({ path, anchor }) => !existsSync(path) || !anchorsOf(path).has(anchor))
        .map(({ path, anchor }) => `${page}: ${path}#${anchor}`),
    );
    expect(broken).toEqual([]);
  });
});

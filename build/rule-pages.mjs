import { readFileSync } from "node:fs";
import { globSync } from "tinyglobby";

const id = "virtual:rule-pages";

/** Makes `virtual:rule-pages`: the Markdown page of every rule, by "<group>/<id>". For rolldown and vitest alike. */
export function rulePages() {
  return {
    name: "rule-pages",
    resolveId: (source) => (source === id ? `\0${id}` : undefined),
    load(resolved) {
      if (resolved !== `\0${id}`) return undefined;
      const paths = globSync("rules/*/*.md").sort();
      const pages = Object.fromEntries(
        paths.map((path) => [
          path.slice("rules/".length, -".md".length),
          readFileSync(path, "utf8"),
        ]),
      );
      return `export const pages = ${JSON.stringify(pages)};`;
    },
  };
}

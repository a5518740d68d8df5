import { resolve } from "node:path";
import { rulePages } from "../../build/rule-pages.mjs";

const common = {
  platform: "node",
  external: ["react-devtools-core"],
  transform: { target: "node20" },
};
const output = (directory) => ({
  dir: `node_modules/.bench/${directory}`,
  format: "esm",
  cleanDir: true,
});

/** The program with the reference parser in the place of the fast one, and with nothing passed over. */
const slow = {
  name: "slow",
  resolveId: (source, importer = "") =>
    /\/(?:fast|sieve)\.ts$/.test(source) && importer.includes("/src/load/")
      ? resolve("test/bench/slow", source.replace(/^.*\//, ""))
      : undefined,
};

export default [
  {
    ...common,
    input: { main: "test/bench/main.ts", "yaml-on-everything": "test/bench/yaml-on-everything.ts" },
    output: output("bench"),
  },
  {
    ...common,
    input: { main: "cmd/main.ts" },
    plugins: [slow, rulePages()],
    output: output("slow"),
  },
];

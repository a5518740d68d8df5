import { billOfMaterials } from "./build/bill-of-materials.mjs";
import { commonJs } from "./build/common-js.mjs";
import { leanInk } from "./build/lean-ink.mjs";
import { lateSuffixes } from "./build/late-suffixes.mjs";
import { leanYargs } from "./build/lean-yargs.mjs";
import { licenses } from "./build/licenses.mjs";
import { rulePages } from "./build/rule-pages.mjs";

// CommonJS, as Node 20 keeps compiled code of nothing else between runs: cmd/compiled-code.ts.
export default {
  input: { main: "cmd/main.ts" },
  platform: "node",
  external: ["react-devtools-core"],
  transform: { target: "node20", define: { "process.env.NODE_ENV": '"production"' } },
  plugins: [
    rulePages(),
    leanYargs(),
    lateSuffixes(),
    leanInk(),
    commonJs(),
    licenses(),
    billOfMaterials(),
  ],
  output: {
    dir: "dist",
    format: "cjs",
    cleanDir: true,
    minify: true,
    chunkFileNames: "[name]-[hash].js",
    banner: (chunk) => (chunk.isEntry ? "#!/usr/bin/env node" : ""),
  },
};

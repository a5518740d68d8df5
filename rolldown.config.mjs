import { rulePages } from "./build/rule-pages.mjs";

export default {
  input: { main: "cmd/main.ts" },
  platform: "node",
  external: ["react-devtools-core"],
  transform: { target: "node20", define: { "process.env.NODE_ENV": '"production"' } },
  plugins: [rulePages()],
  output: { dir: "dist", format: "esm", cleanDir: true, minify: true, chunkFileNames: "[name]-[hash].js", banner: (chunk) => (chunk.isEntry ? "#!/usr/bin/env node" : "") },
};

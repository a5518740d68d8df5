import { defineConfig } from "vitest/config";
import { rulePages } from "./build/rule-pages.mjs";

export default defineConfig({
  plugins: [rulePages()],
  test: {
    include: ["test/e2e/**/*.e2e.ts"],
    testTimeout: 180_000,
    hookTimeout: 180_000,
    // Each file has a control plane of its own: several at once are more than two cores carry.
    fileParallelism: false,
  },
});

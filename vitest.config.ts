import { defineConfig } from "vitest/config";
import { rulePages } from "./build/rule-pages.mjs";

export default defineConfig({
  plugins: [rulePages()],
  test: { include: ["test/**/*.test.ts"], testTimeout: 180_000, hookTimeout: 180_000 },
});

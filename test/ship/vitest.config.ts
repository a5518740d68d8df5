import { defineConfig } from "vitest/config";

/** Tests of what `npm run release` has made, on the machine as a user would use it. */
export default defineConfig({
  test: {
    root: ".",
    include: ["test/ship/*.check.ts"],
    testTimeout: 600_000,
    hookTimeout: 600_000,
    fileParallelism: false,
  },
});

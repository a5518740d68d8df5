import { defineConfig } from "vitest/config";

/** A control plane of its own, filled, and programs that read it. */
export default defineConfig({
  test: {
    root: ".",
    include: ["test/bench/live/*.bench.ts"],
    testTimeout: 3_600_000,
    hookTimeout: 3_600_000,
    fileParallelism: false,
    disableConsoleIntercept: true,
  },
});

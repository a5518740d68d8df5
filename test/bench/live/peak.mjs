import { writeFileSync } from "node:fs";

/** Preloaded into a program: notes its peak memory in MiB as it ends. */
process.on("exit", () => {
  writeFileSync(process.env.PEAK_FILE ?? "", String(process.resourceUsage().maxRSS / 1024));
});

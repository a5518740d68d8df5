import type { Preset } from "../src/rule/index.ts";

/** Named sets of rules; without any, all rules run. */
export const presets: ReadonlyMap<string, Preset> = new Map(
  [
    {
      name: "all",
      summary: "every rule (the default)",
      rules: ["KC"],
      severities: new Map(),
    },
  ].map((preset) => [preset.name, preset]),
);

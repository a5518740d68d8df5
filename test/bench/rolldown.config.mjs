import { resolve } from "node:path";
import { leanInk } from "../../build/lean-ink.mjs";
import program from "../../rolldown.config.mjs";

/** The reference parser in the place of the fast one, and nothing passed over. */
const slow = {
  name: "slow",
  resolveId: (source, importer = "") =>
    /\/(?:fast|sieve)\.ts$/.test(source) && /[\\/]src[\\/]load[\\/]/.test(importer)
      ? resolve("test/bench/slow", source.replace(/^.*\//, ""))
      : undefined,
};

export default [
  {
    input: { screen: "test/bench/screen.ts" },
    platform: "node",
    external: ["react-devtools-core"],
    transform: { target: "node20", define: { "process.env.NODE_ENV": '"production"' } },
    plugins: [leanInk()],
    output: { dir: "node_modules/.bench/screen", format: "esm", entryFileNames: "[name].mjs" },
  },
  {
    input: {
      main: "test/bench/main.ts",
      "yaml-on-everything": "test/bench/yaml-on-everything.ts",
      handshakes: "test/bench/handshakes/once.ts",
      time: "test/bench/time/once.ts",
      certificates: "test/bench/certificates.ts",
      "certificates-job": "test/bench/certificates-job.ts",
      "live-raw": "test/bench/live/raw.ts",
      "live-load": "test/bench/live/load.ts",
    },
    platform: "node",
    transform: { target: "node20" },
    output: { dir: "node_modules/.bench/bench", format: "esm", entryFileNames: "[name].mjs" },
  },
  {
    ...program,
    plugins: [slow, ...program.plugins],
    output: { ...program.output, dir: "node_modules/.bench/slow" },
  },
];

export default {
  input: { limbo: "test/conformance/limbo.ts" },
  platform: "node",
  transform: { target: "node20" },
  output: { dir: "node_modules/.conformance", format: "esm", entryFileNames: "[name].mjs" },
};

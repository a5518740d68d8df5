export default {
  input: Object.fromEntries(
    ["limbo", "dial", "pem", "mutants", "trusted-ca", "served", "worlds"].map((name) => [
      name,
      `test/conformance/${name}.ts`,
    ]),
  ),
  platform: "node",
  transform: { target: "node20" },
  output: { dir: "node_modules/.conformance", format: "esm", entryFileNames: "[name].mjs" },
};

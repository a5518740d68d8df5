/** What starts the program inside a single executable. */
export default {
  input: { boot: "cmd/executable.ts" },
  platform: "node",
  transform: { target: "node26" },
  output: {
    dir: "node_modules/.release",
    format: "cjs",
    entryFileNames: "[name].cjs",
    minify: true,
  },
};

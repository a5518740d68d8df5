/** Says that what lies next to the program is CommonJS, although the package around it is not. */
export function commonJs() {
  return {
    name: "common-js",
    generateBundle() {
      this.emitFile({
        type: "asset",
        fileName: "package.json",
        source: `${JSON.stringify({ type: "commonjs" })}\n`,
      });
    },
  };
}

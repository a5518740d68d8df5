/**
 * Makes Ink fit into a CommonJS bundle, which knows no await at the top, and run on Node 20. Each edit must fit exactly
 * once, so that a new version of a package that no longer looks like this fails the build.
 */
export function leanInk() {
  return {
    name: "lean-ink",
    transform(code, id) {
      return edits.find(({ file }) => file.test(id))?.edit(code);
    },
  };
}

const wasm = /"data:application\/octet-stream;base64,([A-Za-z0-9+/=]+)"/;

const edits = [
  {
    // What it waits for is for developers of Ink, and only where DEV is set.
    file: /[\\/]ink[\\/]build[\\/]reconciler\.js$/,
    edit: (code) =>
      [
        ["import.meta.resolve('react-devtools-core');", ""],
        ["await import('./devtools.js');", ""],
        ["await loadPackageJson()", "packageInfo"],
        ["new URL('../package.json', import.meta.url)", "''"],
      ].reduce((text, [from, to]) => once(text, from, to), code),
  },
  {
    // Node 20 has no Promise.withResolvers.
    file: /[\\/]ink[\\/]build[\\/]ink\.js$/,
    edit: (code) =>
      `${once(code, "Promise.withResolvers()", "withResolvers()")}
function withResolvers() {
  const one = {};
  one.promise = new Promise((resolve, reject) => Object.assign(one, { resolve, reject }));
  return one;
}
`,
  },
  {
    // Compiled at once: by itself it fetches a data: address, for which Node loads its whole HTTP client (80 ms).
    file: /[\\/]yoga-layout[\\/]dist[\\/]src[\\/]index\.js$/,
    edit: (code) =>
      once(
        once(code, "import loadYoga from", "import loadYoga, { wasm } from"),
        "const Yoga = wrapAssembly(await loadYoga());",
        `const module = {
  instantiateWasm(imports, use) {
    const instance = new WebAssembly.Instance(new WebAssembly.Module(Buffer.from(wasm, "base64")), imports);
    use(instance);
    return instance.exports;
  },
};
void loadYoga(module);
const Yoga = wrapAssembly(module);`,
      ),
  },
  {
    file: /[\\/]yoga-layout[\\/]dist[\\/]binaries[\\/]yoga-wasm-base64-esm\.js$/,
    edit: (code) => {
      const [whole, base64] = wasm.exec(code) ?? [];
      if (whole === undefined) throw new Error("yoga-layout has its WebAssembly elsewhere");
      const rest = once(code, whole, '""').replaceAll("import.meta.url", '""');
      return `${rest}\nexport const wasm = "${base64}";\n`;
    },
  },
];

function once(code, from, to) {
  const parts = code.split(from);
  if (parts.length !== 2) throw new Error(`${String(parts.length - 1)} times in it: ${from}`);
  return parts.join(to);
}

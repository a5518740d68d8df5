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

/** What is kept of it: some screens full. */
const most = { rows: 500, characters: 5_000 };
const boundedMap = `
function bounded(most) {
  const map = new Map();
  return {
    get: (key) => map.get(key),
    set(key, value) {
      if (map.size >= most) map.clear();
      map.set(key, value);
    },
  };
}
`;

/** Printable ASCII, and what rows of the screen are drawn with: dot, ellipsis, lines. */
const narrow = String.raw`/^[ -~\u00B7\u2026\u2500-\u257F]*$/`;

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
    // A row that was on the screen before is not taken apart again: it does so anew for every frame.
    file: /[\\/]ink[\\/]build[\\/]output\.js$/,
    edit: (code) =>
      [
        ["caches = new OutputCaches();", "caches = takenApart;"],
        [
          "export default class Output {",
          `const takenApart = new OutputCaches();\nexport default class Output {`,
        ],
        ["widths = new Map();\n    block", `widths = bounded(${most.characters});\n    block`],
        ["blockWidths = new Map();", `blockWidths = bounded(${most.rows});`],
        ["styledChars = new Map();", `styledChars = bounded(${most.rows});`],
      ].reduce((text, [from, to]) => once(text, from, to), code) + boundedMap,
  },
  {
    // Measured before each layout already, and kept there.
    file: /[\\/]ink[\\/]build[\\/]render-node-to-output\.js$/,
    edit: (code) =>
      once(
        code,
        "import widestLine from 'widest-line';",
        "import measureText from './measure-text.js';\nconst widestLine = (text) => measureText(text).width;",
      ),
  },
  {
    // One column each, as it would find out itself one grapheme after another: for the default, that is Ink's.
    file: /^(?!.*cliui).*[\\/]string-width[\\/]index\.js$/,
    edit: (code) => once(code, "/^[\\u0020-\\u007E]*$/.test(string)", `${narrow}.test(string)`),
  },
  {
    file: /[\\/]ink[\\/]build[\\/]line-update\.js$/,
    edit: (code) => once(code, "/^[ -~]*$/u", narrow),
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

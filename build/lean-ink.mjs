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

/** Rows that are kept: some screens full. */
const most = 2_000;

/** Printable ASCII, and what rows of the screen are drawn with: dot, ellipsis, lines. */
const one = String.raw`[ -~\u00B7\u2026\u2500-\u257F]*`;
const narrow = `/^${one}$/`;
/** The same with colours and weights. */
const sgr = String.raw`\u001B\[[\d;]*m`;
const styled = `/^${one}(?:${sgr}${one})*$/`;

/**
 * Rows of which each is one text from the first column on: they need no cells in which texts could overlap. A row of
 * narrow characters is taken apart into runs of one style, and put together, as often as Ink does so with its cells;
 * any other row becomes cells as ever.
 */
const wholeRows = `
const kept = new Map();
const styles = new Map();
function wholeRows(output) {
  const rows = Array.from({ length: output.height }, () => "");
  for (const operation of output.operations) {
    const { type, x, y, text, transformers } = operation;
    const isRow = type === "write" && x === 0 && rows[y] === "" && !text.includes("\\n");
    if (!isRow || transformers.some((transform) => transform(text, 0) !== text)) return undefined;
    rows[y] = wholeRow(output, operation);
  }
  return rows;
}
function wholeRow(output, operation) {
  const known = kept.get(operation.text);
  if (known !== undefined) return known;
  const row = (inRuns(operation.text) ?? inCells(output, operation)).trimEnd();
  if (kept.size >= ${most}) kept.clear();
  kept.set(operation.text, row);
  return row;
}
function inCells(output, operation) {
  const rows = [[]];
  output.applyWriteOperation(rows, { ...operation, y: 0 });
  return styledCharsToString(rows[0]);
}
function inRuns(text) {
  if (!${styled}.test(text)) return undefined;
  return styledCharsToString(runsOf(styledCharsToString(runsOf(text))));
}
function runsOf(text) {
  const parts = text.split(/(${sgr})/).filter(Boolean);
  return styledCharsFromTokens(parts.flatMap((part) => styleOf(part) ?? [{ type: "char", value: part }]));
}
function styleOf(part) {
  if (part[0] !== "\\u001B") return undefined;
  const known = styles.get(part) ?? tokenize(part);
  styles.set(part, known);
  return known;
}
`;

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
    // Otherwise it takes every row apart into cells, for every frame.
    file: /[\\/]ink[\\/]build[\\/]output\.js$/,
    edit: (code) =>
      once(
        code,
        "    get() {\n",
        `    get() {
        const rows = wholeRows(this);
        if (rows) return { output: rows.join("\\n"), height: rows.length };
`,
      ) + wholeRows,
  },
  {
    // Nothing in it that it would take out.
    file: /[\\/]ink[\\/]build[\\/]sanitize-ansi\.js$/,
    edit: (code) =>
      once(
        code,
        "    if (!hasAnsiControlCharacters(text)) {",
        `    if (${styled}.test(text)) return text;\n    if (!hasAnsiControlCharacters(text)) {`,
      ),
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

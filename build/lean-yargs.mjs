/**
 * Spares what yargs does at every start and this program never needs: half of the time until a command runs. Each edit
 * must fit exactly once, so that a new version of a package that no longer looks like this fails the build.
 */
export function leanYargs() {
  return {
    name: "lean-yargs",
    transform(code, id) {
      const edit = edits.find(({ file }) => file.test(id));
      return edit?.edit(code);
    },
  };
}

const edits = [
  {
    // Plain ASCII, which is all that help has, needs no segmenter and no tables of emoji: 10 ms. Another 15 ms goes
    // where such expressions are literals, as V8 checks those when it parses the file.
    file: /[\\/]string-width[\\/]index\.js$/,
    edit: (code) => {
      const body = code.search(/^(?!import |\n)/m);
      return `${code.slice(0, body)}
let full;
export default function stringWidth(input, options) {
  if (typeof input === "string" && /^[ -~]*$/.test(input)) return input.length;
  return (full ??= whole())(input, options);
}
function whole() {
${once(code.slice(body), "export default function", "return function").replaceAll(
  /^(const \w+ = )\/(.*)\/([a-z]*);$/gm,
  (_, name, source, flags) => `${name}new RegExp(${JSON.stringify(source)}, "${flags}");`,
)}
}
`;
    },
  },
  {
    // Renders the help before every command, in case it fails later and asks for it; ours never do.
    file: /[\\/]yargs[\\/]build[\\/]lib[\\/]command\.js$/,
    edit: (code) =>
      once(code, "yargs.getInternalMethods().getUsageInstance().cacheHelpMessage();", ""),
  },
  {
    // Configuration that extends a package is a feature of yargs that is not used; import.meta is for modules only.
    file: /[\\/]yargs[\\/]build[\\/]lib[\\/]utils[\\/]apply-extends\.js$/,
    edit: (code) => once(code, "import.meta.resolve(config.extends)", "config.extends"),
  },
];

function once(code, from, to) {
  const parts = code.split(from);
  if (parts.length !== 2) throw new Error(`${String(parts.length - 1)} times in it: ${from}`);
  return parts.join(to);
}

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { bundledPackages } from "./bundled.mjs";

/** Makes licenses.txt: the notices of every package of which a part is bundled, as their licences ask for. */
export function licenses() {
  return {
    name: "licenses",
    generateBundle(_options, bundle) {
      const notices = bundledPackages(bundle).map(notice);
      this.emitFile({
        type: "asset",
        fileName: "licenses.txt",
        source: `This program contains parts of these packages.\n\n${notices.join("\n")}`,
      });
    },
  };
}

function notice({ directory, name, version, license }) {
  const own = readdirSync(directory).filter((file) => /^(?:(?:un)?licen[cs]e|notice)/i.test(file));
  const paths = own.sort().map((file) => join(directory, file));
  const files = [...(paths.length > 0 ? paths : left(name)), ...dataIn(name)];
  const texts = files.map((file) => readFileSync(file, "utf8").trim());
  return `${"=".repeat(80)}\n${name} ${version} (${license})\n\n${texts.join("\n\n")}\n`;
}

/** The notice of data in a package that has a licence of its own. */
function dataIn(name) {
  const file = join(import.meta.dirname, "notices", `data-in-${name}.txt`);
  return existsSync(file) ? [file] : [];
}

/** The licence of a package that ships without its own, from its repository. */
function left(name) {
  const file = join(import.meta.dirname, "notices", `${name}.txt`);
  if (!existsSync(file)) throw new Error(`${name} has no file with its licence`);
  return [file];
}

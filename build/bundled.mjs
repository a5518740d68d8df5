import { readFileSync } from "node:fs";
import { join } from "node:path";

/**
 * Every package of which a part is in the bundle, sorted.
 *
 * @returns {readonly { directory: string, name: string, version: string, license: string }[]}
 */
export function bundledPackages(bundle) {
  const directories = new Set();
  for (const chunk of Object.values(bundle)) {
    for (const [id, { renderedLength }] of Object.entries(chunk.modules ?? {})) {
      const [directory] = /^.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+/.exec(id) ?? [];
      if (directory !== undefined && renderedLength > 0) directories.add(directory);
    }
  }
  return [...directories]
    .map((directory) => ({ directory, ...manifestOf(directory) }))
    .sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}

function manifestOf(directory) {
  const { name, version, license } = JSON.parse(
    readFileSync(join(directory, "package.json"), "utf8"),
  );
  return { name, version, license };
}

function keyOf({ name, version, directory }) {
  return `${name}@${version} ${directory}`;
}

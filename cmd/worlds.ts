import { dirname, relative, resolve, sep } from "node:path";
import type { ConfigFile } from "../src/load/config-file.ts";
import type { World } from "../src/load/world.ts";

/**
 * The worlds of the input: one for each cluster that the configuration lists, and one without a name for files that
 * belong to none. A file can belong to several clusters, as a shared base does.
 */
export function worldsOf(
  config: ConfigFile | undefined,
  complete: boolean,
  files: readonly string[],
  cwd: string,
): readonly World[] {
  const clusters = config?.content.clusters ?? [];
  if (!config || clusters.length === 0) return [{ name: "", complete, includes: () => true }];
  const root = dirname(resolve(cwd, config.path));
  const named = clusters.map(({ name, paths, complete: all }) => {
    const roots = paths.map((path) => resolve(root, path));
    return {
      name,
      complete: complete || (all ?? false),
      includes: (file: string) => roots.some((one) => isBelow(resolve(cwd, file), one)),
    };
  });
  const rest = files.filter((file) => !named.some(({ includes }) => includes(file)));
  if (rest.length === 0) return named;
  const others = new Set(rest);
  return [...named, { name: "", complete, includes: (file: string) => others.has(file) }];
}

function isBelow(path: string, directory: string): boolean {
  const way = relative(directory, path);
  return way === "" || (way !== ".." && !way.startsWith(`..${sep}`));
}

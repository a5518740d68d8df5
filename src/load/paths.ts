import { readdirSync, realpathSync, statSync, type Dirent } from "node:fs";
import { join } from "node:path";
import { compare } from "../model/inventory.ts";

/** A file to read. */
export interface InputFile {
  readonly path: string;
  /** True where the user named this file itself. */
  readonly named: boolean;
}

/** A path that cannot be read, in words for the user. */
export interface InputProblem {
  readonly path: string;
  readonly message: string;
}

export interface Found {
  readonly files: readonly InputFile[];
  readonly problems: readonly InputProblem[];
}

const manifest = /\.(ya?ml|json)(\.gz)?$/i;
/** Text that something else turns into manifests; noticed, never parsed. */
const templateFile = /\.(jsonnet|libsonnet|tpl|gotmpl|ya?ml\.tmpl)$/i;
const skippedDirectories = new Set([".git", "node_modules"]);
const globCharacters = /[*?[{]/;

/**
 * Finds what the user's paths name: files as they are, directories with all manifests below them in sorted order,
 * globs, and "-" for standard input. Links are followed; a directory that was reached already is not entered again.
 */
export async function findFiles(paths: readonly string[]): Promise<Found> {
  const files = new Map<string, InputFile>();
  const problems: InputProblem[] = [];
  for (const path of paths) {
    const stat = path === "-" ? undefined : statSync(path, { throwIfNoEntry: false });
    if (path === "-" || (stat && !stat.isDirectory())) files.set(path, { path, named: true });
    else if (stat) addBelow(path, { files, problems, entered: new Set() });
    else if (globCharacters.test(path)) await addGlob(path, files, problems);
    else problems.push({ path, message: `${path}: no such file or directory` });
  }
  return { files: [...files.values()], problems };
}

function add(files: Map<string, InputFile>, path: string): void {
  if (!files.has(path)) files.set(path, { path, named: false });
}

async function addGlob(
  pattern: string,
  files: Map<string, InputFile>,
  problems: InputProblem[],
): Promise<void> {
  const { glob } = await import("tinyglobby");
  const matches = await glob(pattern, {
    dot: true,
    expandDirectories: false,
    ignore: ["**/node_modules/**", "**/.git/**"],
  });
  if (matches.length === 0)
    problems.push({ path: pattern, message: `${pattern}: no file matches` });
  for (const path of matches.toSorted(compare)) add(files, path);
}

interface Walk {
  readonly files: Map<string, InputFile>;
  readonly problems: InputProblem[];
  readonly entered: Set<string>;
}

/** `real` is the directory's own path where it is known: asking for every one takes longer than reading them. */
function addBelow(directory: string, walk: Walk, real?: string): void {
  let entries: Dirent[];
  try {
    real ??= realpathSync(directory);
    if (walk.entered.has(real)) return;
    walk.entered.add(real);
    entries = readdirSync(directory, { withFileTypes: true });
  } catch (error) {
    walk.problems.push({
      path: directory,
      message: `${directory}: ${error instanceof Error ? error.message : String(error)}`,
    });
    return;
  }
  for (const entry of entries.toSorted((a, b) => compare(a.name, b.name))) {
    const path = join(directory, entry.name);
    if (isDirectory(entry, path)) {
      if (skippedDirectories.has(entry.name)) continue;
      addBelow(path, walk, entry.isSymbolicLink() ? undefined : join(real, entry.name));
    } else if (
      manifest.test(entry.name) ||
      templateFile.test(entry.name) ||
      entry.name === "Kustomization"
    )
      add(walk.files, path);
  }
}

function isDirectory(entry: Dirent, path: string): boolean {
  if (!entry.isSymbolicLink()) return entry.isDirectory();
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

import { readdirSync, realpathSync, type Dirent } from "node:fs";
import { join } from "node:path";
import { compare } from "../model/inventory.ts";
import { statOf } from "./stat.ts";

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
/** This program's own settings, which are no manifest. */
export const configFileName = ".knative-certs.yaml";
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
    const stat = path === "-" ? undefined : statOf(path);
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
    } else if (isManifest(entry.name) && isReadable(entry, path)) add(walk.files, path);
  }
}

function isManifest(name: string): boolean {
  return (
    (manifest.test(name) && name !== configFileName) ||
    templateFile.test(name) ||
    name === "Kustomization"
  );
}

function isDirectory(entry: Dirent, path: string): boolean {
  if (!entry.isSymbolicLink()) return entry.isDirectory();
  return statOf(path)?.isDirectory() ?? false;
}

/** False for pipes and devices, on which reading may wait for ever. A link that leads nowhere is found out by reading it. */
function isReadable(entry: Dirent, path: string): boolean {
  if (!entry.isSymbolicLink()) return entry.isFile();
  return statOf(path)?.isFile() ?? true;
}

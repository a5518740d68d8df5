import { execFileSync } from "node:child_process";
import { dirname, join, normalize } from "node:path";
import type { ReadingProblem, ReadingProblemType } from "../model/inventory.ts";
import { textPlace } from "./file.ts";
import { isKustomization, readKustomization, type Kustomization } from "./kustomization.ts";
import type { InputFile } from "./paths.ts";
import { couldMatter } from "./sieve.ts";
import { statOf } from "./stat.ts";
import { readText } from "./text.ts";
import { readDocument } from "./yaml/read.ts";

interface Rendered {
  /** The kustomization file that stands for the result. */
  readonly path: string;
  readonly text: string;
  readonly named: boolean;
}

export interface Kustomized {
  readonly rendered: readonly Rendered[];
  /** Files that are not manifests of their own: parts of a kustomization, patches, generator inputs. */
  readonly parts: ReadonlySet<string>;
  readonly problems: readonly ReadingProblem[];
}

/**
 * Renders the kustomizations among `files` that no other one builds on, and those of `directories` that the user named
 * with -k. Nothing is fetched: a kustomization with a remote base is refused.
 */
export function kustomize(files: readonly InputFile[], directories: readonly string[]): Kustomized {
  const found = new Map(
    files
      .filter(({ path }) => isKustomization(path))
      .map(({ path }) => [normalize(dirname(path)), load(path)]),
  );
  const referenced = new Set([...found.values()].flatMap(({ local }) => local));
  const roots = [...found.values()].filter(
    ({ directory }) => !referenced.has(normalize(directory)),
  );
  const results = [
    ...roots.filter((root) => matters(root)).map((root) => render(root, false)),
    ...directories.map((directory) => render(load(kustomizationIn(directory)), true)),
  ];
  return {
    rendered: results.flatMap((result) => ("text" in result ? [result] : [])),
    parts: partsOf(files, found),
    problems: results.flatMap((result) => ("text" in result ? [] : [result])),
  };
}

function kustomizationIn(directory: string): string {
  const names = ["kustomization.yaml", "kustomization.yml", "Kustomization"];
  const paths = names.map((name) => join(directory, name));
  return paths.find((path) => statOf(path)?.isFile()) ?? join(directory, "kustomization.yaml");
}

function load(path: string): Kustomization {
  const read = readText(path);
  const parsed = "text" in read ? readDocument(read.text) : undefined;
  return readKustomization(path, parsed?.ok ? (parsed.value ?? null) : null);
}

/** A kustomization's own directory is not read raw, nor is anything that a kustomization names. */
function partsOf(
  files: readonly InputFile[],
  found: ReadonlyMap<string, Kustomization>,
): ReadonlySet<string> {
  const referenced = new Set([...found.values()].flatMap(({ local }) => local));
  const isPart = (path: string) =>
    found.has(normalize(dirname(path))) || referenced.has(normalize(path));
  return new Set(
    files
      .filter(({ path, named }) => isPart(path) && (!named || isKustomization(path)))
      .map(({ path }) => path),
  );
}

/** Rendering costs a process, so it is only done where some file that takes part in it could concern us. */
function matters(kustomization: Kustomization, visited = new Set<string>()): boolean {
  if (visited.has(kustomization.path)) return false;
  visited.add(kustomization.path);
  const own = readText(kustomization.path);
  if ("text" in own && couldMatter(own.text)) return true;
  return kustomization.local.some((path) => {
    const stat = statOf(path);
    if (stat?.isDirectory()) return matters(load(kustomizationIn(path)), visited);
    const part = stat && readText(path);
    return part !== undefined && "text" in part && couldMatter(part.text);
  });
}

function render(kustomization: Kustomization, named: boolean): Rendered | ReadingProblem {
  const { path, directory } = kustomization;
  const problem = (type: ReadingProblemType, message: string): ReadingProblem => ({
    type,
    place: textPlace(path, 0),
    message,
    named,
  });
  const remote = remoteBase(kustomization, new Set());
  if (remote !== undefined)
    return problem("refused", `the base ${remote} is remote; nothing is fetched while linting`);
  for (const command of [
    ["kubectl", "kustomize"],
    ["kustomize", "build"],
  ] as const) {
    try {
      const output = execFileSync(command[0], [command[1], directory], {
        encoding: "utf8",
        maxBuffer: 256 * 1024 * 1024,
        stdio: ["ignore", "pipe", "pipe"],
      });
      return { path, text: output, named };
    } catch (error) {
      if (!isMissing(error))
        return problem("tool", `${command.join(" ")} failed: ${reasonOf(error)}`);
    }
  }
  return problem("tool", "it was not rendered: neither kubectl nor kustomize is on the PATH");
}

function remoteBase(kustomization: Kustomization, visited: Set<string>): string | undefined {
  if (visited.has(kustomization.path)) return undefined;
  visited.add(kustomization.path);
  const [own] = kustomization.remote;
  if (own !== undefined) return own;
  for (const path of kustomization.local) {
    if (!statOf(path)?.isDirectory()) continue;
    const deeper = remoteBase(load(kustomizationIn(path)), visited);
    if (deeper !== undefined) return deeper;
  }
  return undefined;
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOENT";
}

function reasonOf(error: unknown): string {
  const output = error instanceof Error && "stderr" in error ? String(error.stderr) : String(error);
  return output.trim().split("\n").at(-1) ?? "";
}

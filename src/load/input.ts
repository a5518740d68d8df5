import type { ReadingProblem } from "../model/inventory.ts";
import { readFile, textPlace, type Parse, type ReadFile, type TextInput } from "./file.ts";
import { isKustomization } from "./kustomization.ts";
import { findFiles, type InputFile, type InputProblem } from "./paths.ts";
import type { Sources } from "./sources.ts";
import { readText } from "./text.ts";

/** Everything that a set of paths holds. */
export interface Input {
  readonly files: readonly ReadFile[];
  /** What could not be read and belongs to no file that was. */
  readonly problems: readonly ReadingProblem[];
  /** Paths that name nothing. */
  readonly missing: readonly InputProblem[];
  readonly sources: Sources;
  readonly documents: number;
  readonly objects: number;
}

export interface InputOptions {
  readonly paths: readonly string[];
  /** Directories to render with kustomize (-k). */
  readonly kustomizations: readonly string[];
  readonly parse?: Parse;
  /** How the user calls a path that was read. */
  readonly called?: (path: string) => string;
}

/** Reads files, directories, globs, standard input and kustomizations. A bad one never loses what is in the others. */
export async function readInput({
  paths,
  kustomizations,
  parse,
  called = asItIs,
}: InputOptions): Promise<Input> {
  const found = await findFiles(paths);
  const kustomized = await kustomizedIn(found.files, kustomizations);
  const texts = new Map<string, string>();
  const files: ReadFile[] = [];
  const problems: ReadingProblem[] = [...(kustomized?.problems ?? [])];
  const read = (input: TextInput) => {
    const file = readFile(input, parse);
    if (file.objects.length > 0 || file.problems.length > 0) texts.set(input.path, input.text);
    files.push(file);
  };
  for (const { path, named } of found.files) {
    if (kustomized?.parts.has(path)) continue;
    const text = readText(path);
    if ("text" in text) read({ path: called(path), text: text.text, named });
    else
      problems.push({
        type: "unreadable",
        place: textPlace(called(path), 0),
        message: text.problem,
        named,
      });
  }
  for (const rendered of kustomized?.rendered ?? [])
    read({ ...rendered, path: called(rendered.path), rendered: true });
  return {
    files,
    problems,
    missing: found.problems.map((one) => ({ ...one, path: called(one.path) })),
    sources: texts,
    documents: files.reduce((sum, { documents }) => sum + documents, 0),
    objects: files.reduce((sum, { seen }) => sum + seen, 0),
  };
}

function asItIs(path: string): string {
  return path;
}

/** Undefined where there is nothing to render. */
async function kustomizedIn(files: readonly InputFile[], kustomizations: readonly string[]) {
  const some = kustomizations.length > 0 || files.some(({ path }) => isKustomization(path));
  return some ? (await import("./kustomize.ts")).kustomize(files, kustomizations) : undefined;
}

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname } from "node:path";
import { isSea } from "node:sea";
import { compiler, keptCodeDirectory } from "./kept-code.ts";

/**
 * Keeps what V8 compiles between runs: compiling takes a third of the time of a short run. Node's own cache is there
 * from version 22.1 on only, and spares half as much. A cache that cannot be read or written changes nothing. In an
 * executable the files of the program are not on the disk, and cmd/executable.ts does the same.
 */
export function keepCompiledCode(env: NodeJS.ProcessEnv): void {
  if (isSea()) return;
  const directory = keptCodeDirectory(env);
  if (directory !== undefined) loadThrough(directory, import.meta.dirname);
}

type Loader = (module: NodeJS.Module, path: string) => void;

/**
 * Loads the files of `program` through the cache; their names tell their content. Code that was kept cannot import
 * modules of others, as Node 20 no longer knows from where: a file that does so is not kept, and best a small one.
 */
function loadThrough(directory: string, program: string): void {
  const loaders: Record<string, Loader | undefined> = createRequire(
    import.meta.filename,
  ).extensions;
  const plain = loaders[".js"];
  const compile = compiler(directory);
  loaders[".js"] = (module, path) => {
    const source = dirname(path) === program ? readFileSync(path, "utf8") : "";
    if (source === "" || source.includes("import(")) return plain?.(module, path);
    compile(basename(path), source, { filename: path }).call(
      module.exports,
      module.exports,
      (id: string) => module.require(id),
      module,
      path,
      program,
    );
  };
}

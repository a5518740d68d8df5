import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import Module, { createRequire } from "node:module";
import { homedir } from "node:os";
import { basename, dirname, join } from "node:path";
import { constants, Script } from "node:vm";

/**
 * Keeps what V8 compiles between runs, in the user's cache directory: compiling takes a third of the time of a short
 * run. Node does so itself from version 22.1 on, and for Node 20 it is done here. A cache that cannot be read or written
 * changes nothing. NODE_DISABLE_COMPILE_CACHE turns it off, as for Node; in CI there would be no next run.
 */
export function keepCompiledCode(env: NodeJS.ProcessEnv): void {
  if (env["NODE_DISABLE_COMPILE_CACHE"] || env["CI"]) return;
  const cache = env["XDG_CACHE_HOME"] ?? env["LOCALAPPDATA"] ?? join(homedir(), ".cache");
  const directory = join(cache, "kubectl-knative-certs");
  if (!isMine(directory)) return;
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the types are those of Node 20
  const { enableCompileCache } = Module as { enableCompileCache?: (directory: string) => unknown };
  if (enableCompileCache) enableCompileCache(directory);
  else keepOurselves(join(directory, `${process.version}-${process.arch}`), import.meta.dirname);
}

/** Code of another user is not run: with sudo, HOME may still be that of whoever called it. */
function isMine(directory: string): boolean {
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    return statSync(directory).uid === (process.getuid?.() ?? 0);
  } catch {
    return false;
  }
}

type Loader = (module: NodeJS.Module, path: string) => void;

/** Loads the files of `program` through the cache; their names tell their content. */
function keepOurselves(directory: string, program: string): void {
  const loaders: Record<string, Loader | undefined> = createRequire(
    import.meta.filename,
  ).extensions;
  const plain = loaders[".js"];
  const compiled = new Map<string, Script>();
  loaders[".js"] = (module, path) => {
    if (dirname(path) !== program) return plain?.(module, path);
    const file = join(directory, `${basename(path)}.bin`);
    const cachedData = contentOf(file);
    const script = new Script(Module.wrap(readFileSync(path, "utf8")), {
      filename: path,
      ...(cachedData && { cachedData }),
      importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
    });
    if (script.cachedDataRejected !== false) compiled.set(file, script);
    const run: (this: unknown, ...names: readonly unknown[]) => void = script.runInThisContext();
    run.call(
      module.exports,
      module.exports,
      (id: string) => module.require(id),
      module,
      path,
      program,
    );
  };
  process.once("exit", () => {
    if (compiled.size > 0) save(directory, compiled, program);
  });
}

function contentOf(file: string): Buffer | undefined {
  return existsSync(file) ? readFileSync(file) : undefined;
}

/** At the end of the run, when all that was needed has been compiled. What belongs to another build goes. */
function save(directory: string, compiled: ReadonlyMap<string, Script>, program: string): void {
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    for (const name of readdirSync(directory)) {
      if (!existsSync(join(program, basename(name, ".bin")))) rmSync(join(directory, name));
    }
    for (const [file, script] of compiled) {
      const unfinished = `${file}.${String(process.pid)}`;
      writeFileSync(unfinished, script.createCachedData());
      renameSync(unfinished, file);
    }
  } catch {
    // The next run compiles again.
  }
}

import {
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
import { Script } from "node:vm";

const keptFor = 30 * 24 * 60 * 60 * 1000;

/**
 * Keeps what V8 compiles between runs, in the user's cache directory: compiling takes a third of the time of a short
 * run. Node's own cache is there from version 22.1 on only, and spares half as much. A cache that cannot be read or
 * written changes nothing. NODE_DISABLE_COMPILE_CACHE turns it off, as Node's; in CI there would be no next run.
 */
export function keepCompiledCode(env: NodeJS.ProcessEnv): void {
  if (env["NODE_DISABLE_COMPILE_CACHE"] || env["CI"]) return;
  const cache = env["XDG_CACHE_HOME"] || env["LOCALAPPDATA"] || join(homedir(), ".cache");
  const directory = join(cache, "kubectl-knative-certs", `${process.version}-${process.arch}`);
  if (isMine(directory)) loadThrough(directory, import.meta.dirname);
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

/**
 * Loads the files of `program` through the cache; their names tell their content. Code that was kept cannot import
 * modules of others, as Node 20 no longer knows from where: a file that does so is not kept, and best a small one.
 */
function loadThrough(directory: string, program: string): void {
  const loaders: Record<string, Loader | undefined> = createRequire(
    import.meta.filename,
  ).extensions;
  const plain = loaders[".js"];
  const compiled = new Map<string, Script>();
  loaders[".js"] = (module, path) => {
    const source = dirname(path) === program ? readFileSync(path, "utf8") : "";
    if (source === "" || source.includes("import(")) return plain?.(module, path);
    const file = join(directory, `${basename(path)}.bin`);
    const cachedData = contentOf(file);
    const script = new Script(Module.wrap(source), {
      filename: path,
      ...(cachedData && { cachedData }),
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
    if (compiled.size > 0) save(directory, compiled);
  });
}

function contentOf(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}

/** At the end of the run, when all that was needed has been compiled. What is old may belong to a build that is gone. */
function save(directory: string, compiled: ReadonlyMap<string, Script>): void {
  try {
    for (const name of readdirSync(directory)) {
      const file = join(directory, name);
      if (Date.now() - statSync(file).mtimeMs > keptFor) rmSync(file);
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

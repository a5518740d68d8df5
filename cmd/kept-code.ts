import {
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import Module from "node:module";
import { homedir } from "node:os";
import { join } from "node:path";
import { Script, type ScriptOptions } from "node:vm";

const keptFor = 30 * 24 * 60 * 60 * 1000;

/** What CommonJS makes of a file: a function of exports, require, module, __filename and __dirname. */
type ModuleCode = (this: unknown, ...names: readonly unknown[]) => void;

/** Compiles `source`, whose content `name` must tell. */
export type Compile = (name: string, source: string, options: ScriptOptions) => ModuleCode;

/**
 * Where compiled code is kept between runs, in the user's cache directory; undefined where it is not kept.
 * NODE_DISABLE_COMPILE_CACHE turns it off, as Node's own cache; in CI there would be no next run.
 */
export function keptCodeDirectory(env: NodeJS.ProcessEnv): string | undefined {
  if (env["NODE_DISABLE_COMPILE_CACHE"] || env["CI"]) return undefined;
  const cache = env["XDG_CACHE_HOME"] || env["LOCALAPPDATA"] || join(homedir(), ".cache");
  const directory = join(cache, "kubectl-knative-certs", `${process.version}-${process.arch}`);
  return isMine(directory) ? directory : undefined;
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

/** Compiles what is not kept in `directory`, and keeps it there at the end of the run. */
export function compiler(directory: string): Compile {
  const compiled = new Map<string, Script>();
  process.once("exit", () => {
    if (compiled.size > 0) save(directory, compiled);
  });
  return (name, source, options) => {
    const file = join(directory, `${name}.bin`);
    const cachedData = contentOf(file);
    const script = new Script(Module.wrap(source), {
      ...options,
      ...(cachedData && { cachedData }),
    });
    if (script.cachedDataRejected !== false) compiled.set(file, script);
    return script.runInThisContext();
  };
}

function contentOf(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}

/** When all that was needed has been compiled. What is old may belong to a build that is gone. */
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

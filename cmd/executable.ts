import Module, { createRequire } from "node:module";
import { dirname } from "node:path";
import { getAsset } from "node:sea";
import { constants, Script } from "node:vm";
import { compiler, keptCodeDirectory, type Compile } from "./kept-code.ts";

/**
 * Starts the program inside a single executable, which holds its files as assets. What V8 compiles of them is kept
 * between runs, as in cmd/compiled-code.ts: a cache made while building would fit one platform only, and without the
 * functions that are compiled at their first call.
 */
const directory = keptCodeDirectory(process.env);
const kept: Compile = directory === undefined ? anew : compiler(directory);
/** The only file whose name does not tell its content, so that the code of another release would be taken for it. */
const entry = "main.js";
const outside = createRequire(process.execPath);
const loaded = new Map<string, NodeJS.Module>();

function anew(_name: string, source: string, options: object): ReturnType<Compile> {
  return new Script(Module.wrap(source), options).runInThisContext();
}

function load(name: string): unknown {
  const known = loaded.get(name);
  if (known) return known.exports;
  const module = new Module(name);
  loaded.set(name, module);
  const source = getAsset(name, "utf8").replace(/^#!.*/, "");
  const compile = name === entry ? anew : kept;
  const code = compile(name, source, {
    filename: name,
    importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  });
  const require = (id: string): unknown => (id.startsWith("./") ? load(id.slice(2)) : outside(id));
  code.call(
    module.exports,
    module.exports,
    require,
    module,
    process.execPath,
    dirname(process.execPath),
  );
  return module.exports;
}

load(entry);

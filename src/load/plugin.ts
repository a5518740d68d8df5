import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

/** The default export of a module that the user named. Throws what loading it throws. */
export async function importPlugin(path: string, from: string): Promise<unknown> {
  const module: unknown = await import(pathToFileURL(resolve(from, path)).href);
  return typeof module === "object" && module !== null && "default" in module
    ? module.default
    : undefined;
}

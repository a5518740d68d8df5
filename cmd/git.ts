import { existsSync } from "node:fs";
import { isAbsolute, join, relative, resolve } from "node:path";
import { checkOut } from "../src/load/git.ts";
import type { Io } from "./io.ts";
import { UserError } from "./user-error.ts";

/** Reads paths as they were in a revision; they keep the names the user has for them. */
export async function atRevision<T>(
  revision: string,
  paths: readonly string[],
  io: Io,
  read: (paths: readonly string[], called: (path: string) => string) => Promise<T>,
): Promise<T> {
  const checkout = checkOut(revision, io.cwd, io.env);
  if ("problem" in checkout)
    throw new UserError(`git:${revision} cannot be read: ${checkout.problem}`);
  const { directory, root, remove } = checkout;
  try {
    const there = paths.map((path) =>
      join(directory, isAbsolute(path) ? relative(io.cwd, path) : path),
    );
    // Paths that the revision does not have are new: before there was nothing.
    const had = there.filter((path) => /[*?[{]/.test(path) || existsSync(path));
    const called = (path: string) => {
      const name = relative(directory, resolve(path));
      return paths.some((one) => isAbsolute(one)) ? join(io.cwd, name) : name;
    };
    return await read(had.length > 0 ? had : [join(root, "..", "nothing-*")], called);
  } finally {
    remove();
  }
}

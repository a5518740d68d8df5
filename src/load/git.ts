import { execFileSync } from "node:child_process";
import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";

/** The files of a revision in a directory of their own, and where the user's directory is in it. */
export interface Checkout {
  readonly root: string;
  /** What stands for the directory that git was asked in. */
  readonly directory: string;
  readonly remove: () => void;
}

/**
 * Puts the tree of a revision into a temporary directory; neither the user's files nor git's index change. Of `env`
 * what git hands its hooks is left out, which would lead these commands elsewhere.
 */
export function checkOut(
  revision: string,
  cwd: string,
  env: Readonly<Record<string, string | undefined>>,
): Checkout | { readonly problem: string } {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "knative-certs-base-")));
  const remove = () => {
    rmSync(root, { recursive: true, force: true });
  };
  const git = (...argv: readonly string[]) =>
    execFileSync("git", argv, {
      cwd,
      env: {
        ...env,
        GIT_DIR: undefined,
        GIT_WORK_TREE: undefined,
        GIT_INDEX_FILE: join(root, ".index"),
      },
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
    });
  try {
    const top = git("rev-parse", "--show-toplevel").trim();
    git("read-tree", "--end-of-options", revision);
    git("-C", top, "checkout-index", "--all", "--force", `--prefix=${root}/tree/`);
    const directory = join(root, "tree", relative(realpathSync(top), realpathSync(cwd)));
    return { root: join(root, "tree"), directory, remove };
  } catch (error) {
    remove();
    return { problem: wordsOf(error) };
  }
}

function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if ("code" in error && error.code === "ENOENT") return "git is not installed";
  const said = "stderr" in error ? String(error.stderr).trim() : "";
  return said === "" ? error.message : said;
}

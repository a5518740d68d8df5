import { execFileSync, spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { sign } from "./mach-o-signature.mjs";
import { executableName, nameOf } from "./platforms.mjs";

/**
 * Makes the single executable of a platform, on whichever platform this runs: Node with the program inside
 * (https://nodejs.org/api/single-executable-applications.html). No code cache and no snapshot is put in, as those fit
 * the building machine only: cmd/executable.ts keeps them on the user's.
 *
 * @param {{ os: string, arch: string }} platform
 * @param {{ binary: string, builder: string, boot: string, program: string, work: string }} from
 *   binary: the platform's Node; builder: the Node to run here; boot: the bundled cmd/executable.ts; program: the
 *   directory of the bundle; work: a directory for what is left over.
 * @returns {string} the path of the executable
 */
export function makeExecutable(platform, { binary, builder, boot, program, work }) {
  const directory = join(work, nameOf(platform));
  mkdirSync(directory, { recursive: true });
  const base = platform.os === "linux" ? stripped(binary, directory) : binary;
  const output = join(directory, executableName(platform));
  const files = readdirSync(program)
    .filter((name) => name.endsWith(".js"))
    .sort();
  copyFileSync(boot, join(directory, "boot.cjs"));
  writeFileSync(
    join(directory, "sea.json"),
    JSON.stringify({
      // Its path stays in the executable, and in every stack: not one of the building machine.
      main: "boot.cjs",
      mainFormat: "commonjs",
      executable: base,
      output,
      disableExperimentalSEAWarning: true,
      useCodeCache: false,
      useSnapshot: false,
      execArgv: ["--disable-warning=ExperimentalWarning"],
      assets: Object.fromEntries(files.map((name) => [name, join(program, name)])),
    }),
  );
  execFileSync(builder, ["--build-sea", "sea.json"], {
    cwd: directory,
    stdio: ["ignore", "ignore", "inherit"],
  });
  if (platform.os === "darwin") sign(output, "kubectl-knative_certs");
  return output;
}

/** Without symbols, which are a fifth of it. GNU strip knows one architecture only, LLVM's all of them. */
function stripped(binary, directory) {
  const copy = join(directory, "node");
  copyFileSync(binary, copy);
  const { status, error } = spawnSync("llvm-strip", ["--strip-all", copy], { stdio: "ignore" });
  if (error || status !== 0) console.warn("llvm-strip is not on the PATH: symbols stay in");
  return copy;
}

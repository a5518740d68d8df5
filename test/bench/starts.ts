import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { goal } from "./goal.ts";
import { run, type Contender } from "./measure.ts";
import { archiveHere, sizes } from "./sizes.ts";
import { table, versus } from "./table.ts";

const node = process.execPath;
const small = resolve("examples/documentation-page/config-certmanager.yaml");
const configured = resolve("examples/shop/config.yaml");
const yardstick = "kubectl version --client";

/** The short runs of one way to start the program. */
function runsOf(way: string, command: string, before: readonly string[]): readonly Contender[] {
  const lint = (path: string) => [...before, "lint", path, "--fail-on", "never"];
  return [
    { name: `${way}: version`, command, args: [...before, "version"] },
    { name: `${way}: lint one.yaml`, command, args: lint(small) },
    { name: `${way}: lint one.yaml, configured`, command, args: lint(configured) },
    {
      name: `${way}: lint one.yaml, cold`,
      command,
      args: lint(small),
      env: { NODE_DISABLE_COMPILE_CACHE: "1" },
    },
  ];
}

/** Start-up of the bundle and of the released executable, against Node and against kubectl itself. */
export function starts(rounds: number, kubectl: string, print: (text: string) => void): void {
  const directory = mkdtempSync(join(tmpdir(), "knative-certs-bench-"));
  try {
    const archive = archiveHere();
    if (archive === undefined)
      print("The executable is skipped: npm run release makes it, in release/.\n");
    else execFileSync("tar", ["-xzf", archive, "-C", directory]);
    const withKubectl = has(kubectl);
    if (!withKubectl) print(`kubectl is skipped: there is no ${kubectl}.\n`);
    const outcomes = run({
      directory,
      rounds,
      contenders: [
        { name: "node -e 0", command: node, args: ["-e", "0"] },
        ...(withKubectl
          ? [{ name: yardstick, command: kubectl, args: ["version", "--client"] }]
          : []),
        ...runsOf("bundle", node, [resolve("dist/main.js")]),
        ...(archive === undefined
          ? []
          : runsOf("executable", join(directory, "kubectl-knative_certs"), [])),
      ],
    });
    const bases = ["node -e 0", ...(withKubectl ? [yardstick] : [])];
    print(`## Start-up\n\n${table(outcomes, bases)}`);
    const aim = (ours: string, most: number, theirs: string) => {
      goal(`${ours} to ${theirs}`, most, versus(outcomes, ours, theirs));
    };
    aim("bundle: version", 2, "node -e 0");
    aim("bundle: lint one.yaml", 3, "node -e 0");
    aim("executable: version", 1, yardstick);
    print(`\n## Size\n\n${sizes(withKubectl ? kubectl : undefined, directory)}`);
  } finally {
    rmSync(directory, { recursive: true });
  }
}

function has(program: string): boolean {
  try {
    execFileSync(program, ["version", "--client"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

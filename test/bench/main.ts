import { spawnSync } from "node:child_process";
import { rmSync } from "node:fs";
import { availableParallelism } from "node:os";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { generate, type Corpus } from "./corpus/generate.ts";
import { goal } from "./goal.ts";
import { matrix } from "./handshakes/matrix.ts";
import { timeMatrix } from "./time/matrix.ts";
import { run, type Contender, type Outcome } from "./measure.ts";
import { starts } from "./starts.ts";
import { table, versus } from "./table.ts";

const { values } = parseArgs({
  options: {
    files: { type: "string", default: "10000" },
    rounds: { type: "string", default: "9" },
    starts: { type: "string", default: "31" },
    seed: { type: "string", default: "1" },
    only: { type: "string" },
    kubectl: { type: "string", default: "kubectl" },
  },
});

const node = process.execPath;
const program = resolve("dist/main.js");
const print = (text: string) => process.stdout.write(`${text}\n`);

const lint = (name: string, main: string, path: string): Contender => ({
  name,
  command: node,
  args: [main, "lint", path, "--fail-on", "never"],
});

if (values.only === undefined || values.only === "handshakes") matrix(3, print);
if (values.only === undefined || values.only === "time") timeMatrix(3, print);
if (values.only === undefined || values.only === "starts")
  starts(Number(values.starts), values.kubectl, print);
if (values.only !== undefined) process.exit();

const relevant = 0.06;
const corpus = generate({ seed: Number(values.seed), files: Number(values.files), relevant });
try {
  print(`Node ${process.version}, ${String(availableParallelism())} cores\n`);
  throughput(corpus);
} finally {
  rmSync(corpus.directory, { recursive: true });
}

function throughput({ directory, files, bytes, medianSize, largest }: Corpus): void {
  print(`
## Throughput

${String(files.length)} files, ${(bytes / 1e6).toFixed(1)} MB; median ${String(medianSize)} bytes, largest ${String(largest)}; ${String(relevant * 100)} % relevant.
lint makes ${summary(directory)}.
`);
  const contenders: readonly Contender[] = [
    { name: "cat", command: "cat", args: files },
    lint("lint", program, "."),
    ...kubeconform(),
    {
      name: "yaml on everything",
      command: node,
      args: [resolve("node_modules/.bench/bench/yaml-on-everything.mjs")],
      every: 4,
    },
    { ...lint("lint, all by yaml", resolve("node_modules/.bench/slow/main.js"), "."), every: 4 },
  ];
  const outcomes = run({ directory, contenders, rounds: Number(values.rounds) });
  print(table(outcomes, ["cat"]));
  goals(outcomes);
}

function goals(outcomes: readonly Outcome[]): void {
  goal("lint to cat", 6, versus(outcomes, "lint", "cat"));
  goal("lint to kubeconform", 0.25, versus(outcomes, "lint", "kubeconform"));
}

/** kubeconform without schemas only parses. */
function kubeconform(): readonly Contender[] {
  const name = "kubeconform";
  const { error } = spawnSync(name, ["-v"], { stdio: "ignore" });
  if (error) {
    print("kubeconform is skipped: it is not on the PATH.\n");
    return [];
  }
  const noSchemas = ["-ignore-missing-schemas", "-schema-location", "/nonexistent/x.json"];
  return [{ name, command: name, args: [...noSchemas, "-n", "2", "."] }];
}

interface Summary {
  readonly findings: readonly unknown[];
  readonly coverage: { readonly evaluated: number };
}

/** That lint does the job at all. */
function summary(directory: string): string {
  const { stdout } = spawnSync(node, [program, "lint", ".", "--fail-on", "never", "-o", "json"], {
    cwd: directory,
    encoding: "utf8",
    maxBuffer: 1e9,
  });
  const { findings, coverage }: Summary = JSON.parse(stdout);
  return `${String(coverage.evaluated)} checks and has ${String(findings.length)} findings`;
}

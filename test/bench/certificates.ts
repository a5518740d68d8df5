import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { ca, leaf, type Issued } from "../support/pki/issue.ts";
import { goal } from "./goal.ts";
import { run, type Contender } from "./measure.ts";
import { table, versus } from "./table.ts";

const { values } = parseArgs({
  options: {
    certificates: { type: "string", default: "20000" },
    rounds: { type: "string", default: "5" },
  },
});

const count = Number(values.certificates);
const directory = mkdtempSync(join(tmpdir(), "certificates-"));
const job = resolve("node_modules/.bench/bench/certificates-job.mjs");
const print = (text: string) => process.stdout.write(`${text}\n`);

try {
  if (spawnSync("go", ["version"]).error) {
    print("skipped: there is no Go to compare with");
  } else {
    bench();
  }
} finally {
  rmSync(directory, { recursive: true });
}

function bench(): void {
  const bundle = join(directory, "bundle.pem");
  writeFileSync(bundle, bundleOf(ca()));
  const program = join(directory, "go");
  execFileSync("go", ["build", "-o", program, "."], { cwd: resolve("test/conformance/go") });
  const contenders: readonly Contender[] = [
    { name: "Go", command: program, args: ["bench", bundle] },
    { name: "ours", command: process.execPath, args: [job, bundle] },
  ];
  for (const { name, command, args } of contenders) {
    const { answers }: { readonly answers: number } = JSON.parse(
      execFileSync(command, args, { encoding: "utf8" }),
    );
    if (answers !== count) throw new Error(`${name} says that ${String(answers)} are valid`);
  }
  print(`${String(count)} certificates, each with a key of its own, parsed and verified\n`);
  const outcomes = run({ directory, contenders, rounds: Number(values.rounds) });
  print(table(outcomes, ["Go"]));
  goal("ours to Go", 8, versus(outcomes, "ours", "Go"));
}

function bundleOf(root: Issued): string {
  const leaves = Array.from(
    { length: count },
    (_, i) => leaf(root, { key: `leaf ${String(i)}` }).pem,
  );
  return root.pem + leaves.join("");
}

import { readdirSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { readInput } from "../src/load/input.ts";
import { statOf } from "../src/load/stat.ts";
import { readText } from "../src/load/text.ts";
import {
  everything,
  parseWait,
  waitFile,
  type PlanStep,
  type Wait,
} from "../src/time/rotation/steps.ts";
import { UserError } from "./user-error.ts";

/** The steps of a plan: one directory (or file) of manifests each, in the order in which they are named. */
export async function readSteps(
  paths: readonly string[],
  cwd: string,
): Promise<readonly PlanStep[]> {
  const steps: PlanStep[] = [];
  for (const path of paths) steps.push(await readStep(path, resolve(cwd, path)));
  return steps;
}

async function readStep(path: string, full: string): Promise<PlanStep> {
  const stat = statOf(full);
  if (!stat) throw new UserError(`${path} does not exist`, "Name directories with manifests.");
  const waits = stat.isDirectory() ? waitsIn(full) : undefined;
  const hasManifests =
    !stat.isDirectory() || readdirSync(full).some((name) => /\.(ya?ml|json)$/.test(name));
  const input = hasManifests ? await readInput({ paths: [full], kustomizations: [] }) : undefined;
  const [problem] = input?.files.flatMap(({ problems }) => problems) ?? [];
  if (problem) throw new UserError(`${path} cannot be applied: ${problem.message}`);
  const manifests = input?.files.flatMap(({ objects }) => objects) ?? [];
  return {
    name: basename(full),
    manifests,
    waits: waits ?? (manifests.length === 0 ? everything : []),
  };
}

function waitsIn(directory: string): readonly Wait[] | undefined {
  const path = join(directory, waitFile);
  if (!statOf(path)) return undefined;
  const read = readText(path);
  if ("problem" in read) throw new UserError(`${path} cannot be read: ${read.problem}`);
  return read.text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "" && !line.startsWith("#"))
    .map((line) => {
      const wait = parseWait(line);
      if (wait) return wait;
      throw new UserError(
        `${path}: "${line}" is nothing to wait for`,
        "There are healthy, issued, and grace 10m.",
      );
    });
}

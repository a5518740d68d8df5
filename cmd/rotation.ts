import { mkdirSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { readInput } from "../src/load/input.ts";
import { toYaml } from "../src/load/yaml/write.ts";
import type { Inventory } from "../src/model/inventory.ts";
import type { Known } from "../src/model/known.ts";
import type { KubeObject } from "../src/model/object.ts";
import { planJson, planText, stepText } from "../src/report/rotation/plan.ts";
import { statusJson, statusText } from "../src/report/rotation/status.ts";
import { verificationJson, verificationText } from "../src/report/rotation/verification.ts";
import { kindsOfTime } from "../src/time/kinds.ts";
import { planOf, type Plan, type PlanRequest } from "../src/time/rotation/plan.ts";
import { statusOf } from "../src/time/rotation/status.ts";
import { waitFile, waitLine } from "../src/time/rotation/steps.ts";
import { verify } from "../src/time/rotation/verify.ts";
import { exitCodes } from "./exit-code.ts";
import type { Io } from "./io.ts";
import { plainWidth, save } from "./output.ts";
import type { RotationRequest } from "./request.ts";
import { readState, stateConfig } from "./read-state.ts";
import { readSteps } from "./step-directories.ts";
import { UserError } from "./user-error.ts";

/** Where a CA rotation stands, the way through it, and the proof that a way is safe. */
export async function rotation(request: RotationRequest, io: Io): Promise<number> {
  const { environment } = request;
  const config = await stateConfig(request, environment, io);
  const state = await readState(request, environment, config, kindsOfTime, io);
  state.notice();
  if (state.unreadInput || (state.documents === 0 && !request.allowEmpty))
    return exitCodes.notAnalyzed;
  const now = (environment.now ?? state.takenAt ?? io.now()).getTime();
  const width = io.columns ?? plainWidth;
  switch (request.action) {
    case "status":
      return showStatus(state.inventories, now, request, width, io);
    case "plan":
      return showPlan(one(state.inventories), now, request, width, io);
    case "verify":
      return showProof(one(state.inventories), now, request, width, io);
  }
}

/** Plans and proofs are of one cluster. */
function one(inventories: readonly Inventory[]): Inventory {
  const [first, second] = inventories;
  if (!first || second)
    throw new UserError(
      "a plan is for one cluster, and these files belong to several",
      "Name those of one of them with --in.",
    );
  return first;
}

function showStatus(
  inventories: readonly Inventory[],
  now: number,
  { json }: RotationRequest,
  width: number,
  io: Io,
): number {
  const found = inventories.map((inventory) => ({
    name: inventory.world,
    status: statusOf(inventory, now),
  }));
  io.out(json ? statusJson(found, now) : statusText(found, now, width));
  return found.some(({ status }) => !status.known) ? exitCodes.notAnalyzed : exitCodes.clean;
}

async function showPlan(
  inventory: Inventory,
  now: number,
  request: RotationRequest,
  width: number,
  io: Io,
): Promise<number> {
  const plan = planned(planOf(inventory, await planRequest(request)));
  if (request.directory === undefined) {
    io.out(request.json ? planJson(plan, now) : planText(plan, width));
    return exitCodes.clean;
  }
  await writePlan(plan, request.directory, io);
  return exitCodes.clean;
}

function planned(plan: Known<Plan>): Plan {
  if (plan.known) return plan.value;
  throw new UserError(`no plan can be made: ${plan.why}`);
}

async function planRequest(request: RotationRequest): Promise<PlanRequest> {
  const { to, newCa, references } = request;
  if ((to === undefined) === (newCa === undefined))
    throw new UserError(
      "name the new CA",
      "--to issuer/NAME for one that is there, or --new-ca FILE.",
    );
  return {
    to: to === undefined ? undefined : issuerNamed(to),
    brings: newCa ? await manifestsIn(newCa) : [],
    references,
  };
}

/** "issuer/knative-ca-2" and "clusterissuer/knative-ca-2" are ClusterIssuers, as Knative needs them. */
function issuerNamed(to: string): { readonly kind: string; readonly name: string } {
  const name = to.replace(/^(cluster)?issuer\//i, "");
  if (name === "" || name.includes("/"))
    throw new UserError(`--to ${to} names no issuer`, "Write issuer/NAME.");
  return { kind: "ClusterIssuer", name };
}

async function manifestsIn(path: string): Promise<readonly KubeObject[]> {
  const input = await readInput({ paths: [path], kustomizations: [] });
  const [missing] = input.missing;
  if (missing) throw new UserError(`${missing.path}: ${missing.message}`);
  const objects = input.files.flatMap((file) => file.objects);
  if (objects.length === 0)
    throw new UserError(
      `${path} holds no manifest of a CA`,
      "Give a ClusterIssuer with spec.ca, and the Certificate or Secret of its CA.",
    );
  return objects;
}

/** One directory a step; a directory that is there already must be empty. */
async function writePlan(plan: Plan, directory: string, io: Io): Promise<void> {
  const root = resolve(io.cwd, directory);
  mkdirSync(root, { recursive: true });
  if (readdirSync(root).length > 0)
    throw new UserError(`${directory} is not empty`, "Name a new directory.");
  for (const step of plan.steps) {
    const folder = join(root, step.name);
    mkdirSync(folder);
    if (step.manifests.length > 0)
      save(join(folder, "manifests.yaml"), await toYaml(step.manifests));
    if (step.waits.length > 0)
      save(join(folder, waitFile), `${step.waits.map(waitLine).join("\n")}\n`);
    save(join(folder, "README.md"), stepText(step));
  }
  io.err(`notice: ${String(plan.steps.length)} steps are in ${directory}\n`);
}

async function showProof(
  inventory: Inventory,
  now: number,
  request: RotationRequest,
  width: number,
  io: Io,
): Promise<number> {
  if (request.steps.length === 0)
    throw new UserError(
      "name the steps of the plan",
      "Directories with manifests, in their order.",
    );
  const steps = await readSteps(request.steps, io.cwd);
  const result = verify(inventory, now, steps, { within: request.within });
  io.out(request.json ? verificationJson(result, now) : verificationText(result, width));
  return result.verdict === "safe" ? exitCodes.clean : exitCodes.findings;
}

import { text, type JsonObject } from "../../model/json.ts";
import { inert } from "../../show/inert.ts";
import { wrap } from "../../show/wrap.ts";
import { timeText } from "../../time/time-text.ts";
import type { Plan, PlannedStep } from "../../time/rotation/plan.ts";
import { waitText } from "../../time/rotation/steps.ts";

export function planJson(plan: Plan, now: number): string {
  const document = { version: 1, kind: "rotation-plan", now: timeText(now), ...plan };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}

export function planText({ from, to, steps, notes }: Plan, width: number): string {
  const lines = [
    `From ${from} to ${to}, in ${String(steps.length)} steps (-o DIR writes them as files):`,
    ...steps.flatMap((step) => [
      "",
      `${step.name}: ${step.title} (step ${step.step} of the documentation page)`,
      ...detailsOf(step).map((line) => `    ${line}`),
    ]),
    ...notes.map((note) => `note: ${note}`),
  ];
  return `${lines.flatMap((line) => (line === "" ? [""] : wrap(inert(line), width, 4, 0))).join("\n")}\n`;
}

function detailsOf({ waits, manifests, commands, check }: PlannedStep): readonly string[] {
  return [
    ...waits.map((wait) => `wait until ${waitText(wait)}`),
    ...manifests.map((manifest) => `apply ${nameIn(manifest)}`),
    ...commands.map((command) => `run ${command}`),
    `check: ${check}`,
  ];
}

function nameIn(manifest: JsonObject): string {
  return `${text(manifest, "kind") ?? ""} ${text(manifest, "metadata", "name") ?? ""}`;
}

/** The README of a step. */
export function stepText(step: PlannedStep): string {
  const { title, manifests, name } = step;
  const lines = [
    `# ${title}`,
    "",
    `Step ${step.step} of "Trust during rotation".`,
    "",
    ...step.waits.map((wait) => `Wait until ${waitText(wait)}.`),
    ...(manifests.length > 0 ? ["", "```bash", `kubectl apply -f ${name}/`, "```"] : []),
    ...(step.commands.length > 0 ? ["", "```bash", ...step.commands, "```"] : []),
    "",
    `Check: ${step.check}.`,
  ];
  return `${lines.join("\n")}\n`;
}

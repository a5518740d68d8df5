import { list, text } from "./json.ts";
import type { KubeObject } from "./object.ts";
import { timeAt } from "./time.ts";

/** Since when all containers of a pod run: a container that restarts reads its configuration again. */
export function runningSince(pod: KubeObject): Date | undefined {
  if (text(pod.raw, "status", "phase") !== "Running") return undefined;
  const starts = list(pod.raw, "status", "containerStatuses").map((status) =>
    timeAt(status, "state", "running", "startedAt"),
  );
  const [first] = starts;
  if (!first) return timeAt(pod.raw, "status", "startTime");
  return starts.reduce<Date>((last, one) => (one && one > last ? one : last), first);
}

/** The value of an environment variable of a Deployment's containers, where it is written out. */
export function environmentVariable(deployment: KubeObject, name: string): string | undefined {
  const containers = list(deployment.raw, "spec", "template", "spec", "containers");
  const variables = containers.flatMap((container) => list(container, "env"));
  return text(
    variables.find((variable) => text(variable, "name") === name),
    "value",
  );
}

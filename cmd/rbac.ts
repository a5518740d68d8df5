import { kindsReadBy } from "../src/engine/closure.ts";
import { rulesFor, type PolicyRule } from "../src/load/cluster/rbac.ts";
import { loadConfig } from "./analysis.ts";
import { exitCodes } from "./exit-code.ts";
import type { Io } from "./io.ts";
import { judgeFor } from "./judge.ts";
import type { RbacRequest } from "./request.ts";

/** Prints the smallest ClusterRole with which every selected rule can be evaluated. */
export async function printRbac({ analysis, name, watch }: RbacRequest, io: Io): Promise<number> {
  const config = await loadConfig(analysis, io.cwd, io);
  const { selected } = await judgeFor(analysis, config, undefined, io);
  const rules = rulesFor(kindsReadBy(selected.rules.map(({ rule }) => rule)), watch);
  io.out(clusterRole(name, rules));
  return exitCodes.clean;
}

function clusterRole(name: string, rules: readonly PolicyRule[]): string {
  const lines = rules.map(
    ({ apiGroups, resources, verbs }) =>
      `  - apiGroups: ["${apiGroups.join('", "')}"]\n    resources: [${resources.join(", ")}]\n    verbs: [${verbs.join(", ")}]`,
  );
  return [
    "apiVersion: rbac.authorization.k8s.io/v1",
    "kind: ClusterRole",
    "metadata:",
    `  name: ${JSON.stringify(name)}`,
    lines.length === 0 ? "rules: []" : "rules:",
    ...lines,
    "",
  ].join("\n");
}

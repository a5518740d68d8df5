import { dig, list, stringList } from "../json.ts";
import { at, type KubeObject } from "../object.ts";
import type { Place } from "../place.ts";

/** The arguments of a Deployment's first container. */
export function argumentsOf(deployment: KubeObject): readonly string[] {
  return stringList(list(dig(deployment.raw, "spec", "template", "spec"), "containers")[0], "args");
}

export function placeOfArguments(deployment: KubeObject): Place {
  return at(deployment, ["spec", "template", "spec", "containers", 0, "args"]);
}

/** The value of a flag, written `--flag=value` or `--flag value`; "" where nothing follows it. */
export function flagOf(deployment: KubeObject, flag: string): string | undefined {
  const args = argumentsOf(deployment);
  const index = args.findIndex((arg) => arg === flag || arg.startsWith(`${flag}=`));
  if (index === -1) return undefined;
  return args[index]?.includes("=") ? args[index].slice(flag.length + 1) : (args[index + 1] ?? "");
}

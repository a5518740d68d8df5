import { Fault } from "./node.ts";

/** How many nodes were decoded, and how many of them came from following aliases. */
export interface Count {
  decoded: number;
  fromAliases: number;
}

/** The document itself counts as one node. */
export function newCount(): Count {
  return { decoded: 1, fromAliases: 0 };
}

const low = 400_000;
const high = 4_000_000;

/** go.yaml.in/yaml/v2 decode.go, allowedAliasRatio. */
function allowedRatio(decoded: number): number {
  if (decoded <= low) return 0.99;
  return decoded >= high ? 0.1 : 0.99 - 0.89 * ((decoded - low) / (high - low));
}

/** Counts one node before anything is made of it; throws a Fault when too much comes from aliases ("YAML bomb"). */
export function countDecode(count: Count, aliasDepth: number, at: number): void {
  count.decoded++;
  if (aliasDepth > 0) count.fromAliases++;
  const { decoded, fromAliases } = count;
  if (fromAliases > 100 && decoded > 1000 && fromAliases / decoded > allowedRatio(decoded)) {
    throw new Fault("document contains excessive aliasing", at);
  }
}

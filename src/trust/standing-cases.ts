import type { Ask, Before, Fact, Source } from "../model/fact.ts";
import type { Kind } from "../model/kinds.ts";
import type { Demand } from "../model/knative/demand.ts";
import type { Endpoint } from "./endpoints.ts";
import type { Case } from "./judge.ts";

/** Cases with the values of the facts that they were made of. */
export interface Made {
  readonly cases: readonly Case[];
  readonly inputs: ReadonlyMap<Fact<unknown>, unknown>;
}

/** Of these kinds, an endpoint depends on what is in its own namespace and on what has none. */
const ownOnly: ReadonlySet<Kind> = new Set<Kind>([
  "Certificate",
  "Issuer",
  "KCertificate",
  "Secret",
]);

/**
 * Tells the cases of endpoints in namespaces where nothing has changed. Undefined where something has changed that
 * endpoints of all namespaces depend on: another fact, what is cluster-scoped, or what the activator serves with.
 */
export function standingCases(
  { cases, inputs }: Made,
  { changes }: Pick<Before<unknown>, "changes">,
  source: Source,
  ask: Ask,
): ((endpoint: Endpoint) => readonly Case[] | undefined) | undefined {
  const touched = new Set([...changes.values()].flatMap((namespaces) => [...namespaces]));
  const isCommon = ["", source.environment.namespaces.serving].some((one) => touched.has(one));
  if (isCommon || [...changes.keys()].some((kind) => !ownOnly.has(kind))) return undefined;
  if ([...inputs].some(([fact, value]) => ask(fact) !== value)) return undefined;
  const byDemand = new Map<Demand, Case[]>();
  for (const one of cases) {
    const { demand, role } = one.dialog.target;
    // What the activator presents is served to every namespace.
    if (!demand || role === "activator" || touched.has(demand.namespace)) continue;
    const mine = byDemand.get(demand);
    if (mine) mine.push(one);
    else byDemand.set(demand, [one]);
  }
  return ({ demand }) => (demand ? byDemand.get(demand) : undefined);
}

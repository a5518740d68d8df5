import { isObject, list, strings, stringList, text, dig, type Json } from "../json.ts";
import type { KubeObject } from "../object.ts";

/** One entry of an ACME issuer's `solvers`. */
export interface Solver {
  readonly index: number;
  readonly type: "http01" | "dns01" | undefined;
  /** Undefined: it serves every name. */
  readonly selector: SolverSelector | undefined;
}

interface SolverSelector {
  readonly dnsNames: readonly string[];
  readonly dnsZones: readonly string[];
  readonly labels: ReadonlyMap<string, string>;
}

export function solversOf(issuer: KubeObject): readonly Solver[] {
  return list(issuer.raw, "spec", "acme", "solvers").map((solver, index) => ({
    index,
    type: isObject(dig(solver, "http01"))
      ? "http01"
      : isObject(dig(solver, "dns01"))
        ? "dns01"
        : undefined,
    selector: selectorOf(dig(solver, "selector")),
  }));
}

export function acmeServer(issuer: KubeObject): string {
  return text(issuer.raw, "spec", "acme", "server") ?? "";
}

function selectorOf(selector: Json | undefined): SolverSelector | undefined {
  if (!isObject(selector)) return undefined;
  return {
    dnsNames: stringList(selector, "dnsNames"),
    dnsZones: stringList(selector, "dnsZones"),
    labels: strings(selector, "matchLabels"),
  };
}

/**
 * The solver that cert-manager takes for a name: it must be of a type that the name allows (wildcards: DNS-01 only);
 * an exact name beats the longest zone, which beats the most labels; of equals the first one wins.
 * Source: cert-manager pkg/util/solverpicker/solverpicker.go Pick, pkg/controller/acmeorders/selectors.
 */
export function pickSolver(
  solvers: readonly Solver[],
  dnsName: string,
  labels: ReadonlyMap<string, string>,
): Solver | undefined {
  let picked: { readonly solver: Solver; readonly weight: Weight } | undefined;
  for (const solver of solvers) {
    const usable =
      solver.type === "dns01" || (solver.type === "http01" && !dnsName.startsWith("*."));
    const weight = usable ? weigh(solver.selector, dnsName, labels) : undefined;
    if (weight && (!picked || heavier(weight, picked.weight))) picked = { solver, weight };
  }
  return picked?.solver;
}

/** [exact name, labels of the longest zone, matched labels] */
type Weight = readonly [number, number, number];

function weigh(
  selector: SolverSelector | undefined,
  dnsName: string,
  labels: ReadonlyMap<string, string>,
): Weight | undefined {
  if (!selector) return [0, 0, 0];
  const exact = selector.dnsNames.includes(dnsName);
  const zone = Math.max(
    0,
    ...selector.dnsZones.filter((one) => isBelow(dnsName, one)).map((one) => one.split(".").length),
  );
  const allLabels = [...selector.labels].every(([key, value]) => labels.get(key) === value);
  if (
    (selector.dnsNames.length > 0 && !exact) ||
    (selector.dnsZones.length > 0 && zone === 0) ||
    !allLabels
  )
    return undefined;
  return [exact ? 1 : 0, zone, selector.labels.size];
}

function isBelow(dnsName: string, zone: string): boolean {
  const bare = zone.replace(/\.$/, "").toLowerCase();
  const name = dnsName.toLowerCase();
  return name === bare || name.endsWith(`.${bare}`);
}

function heavier(a: Weight, b: Weight): boolean {
  const first = a.findIndex((part, i) => part !== b[i]);
  return first !== -1 && (a[first] ?? 0) > (b[first] ?? 0);
}

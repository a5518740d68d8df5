import { defineFact } from "../fact.ts";
import { list, text } from "../json.ts";
import { nameOf, type KubeObject } from "../object.ts";
import { visibilityLabel } from "./domain-config.ts";

/** A name under which a route serves traffic: "" is the route itself. */
export interface TrafficName {
  readonly tag: string;
  /** Pointer steps of the tag in the route's object; empty for the route itself. */
  readonly steps: readonly (string | number)[];
}

/** A Knative Route that exists, or that the controller will make for a KService. */
export interface RouteModel {
  readonly namespace: string;
  readonly name: string;
  /** The Route where there is one, else the KService it will be made for. */
  readonly object: KubeObject;
  /** Undefined until the Route exists. */
  readonly uid: string | undefined;
  readonly labels: ReadonlyMap<string, string>;
  readonly names: readonly TrafficName[];
  readonly clusterLocal: boolean;
}

/** Every Route of the world: KServices hand theirs down labels and annotations (serving pkg/reconciler/service/resources/route.go). */
export const routes = defineFact<readonly RouteModel[]>({
  name: "routes",
  reads: ["Route", "KService"],
  from: [],
  derive: (source) => {
    const existing = source.all("Route");
    const made = new Set(existing.map(({ namespace, name }) => `${namespace}/${name}`));
    const wanted = source
      .all("KService")
      .filter(({ namespace, name }) => !made.has(`${namespace}/${name}`));
    return [...existing, ...wanted]
      .toSorted((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1))
      .map(routeOf);
  },
});

function routeOf(object: KubeObject): RouteModel {
  return {
    namespace: object.namespace,
    name: object.name,
    object,
    uid: object.kind === "Route" ? object.uid : undefined,
    labels: object.labels,
    names: trafficNames(object),
    clusterLocal: object.labels.get(visibilityLabel) === "cluster-local",
  };
}

function trafficNames(object: KubeObject): readonly TrafficName[] {
  const names = new Map<string, TrafficName>([["", { tag: "", steps: [] }]]);
  for (const [i, target] of list(object.raw, "spec", "traffic").entries()) {
    const tag = text(target, "tag");
    if (tag && !names.has(tag)) names.set(tag, { tag, steps: ["spec", "traffic", i, "tag"] });
  }
  return [...names.values()];
}

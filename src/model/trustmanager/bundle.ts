import { dig, isObject, list, record, strings, text, type Json } from "../json.ts";
import type { Known } from "../known.ts";
import { labelsOfNamespace, selectsByName } from "../namespace.ts";
import { compileSelector, type LabelSelector } from "../label-selector.ts";
import type { KubeObject } from "../object.ts";
import type { TrustManager } from "./trust-manager.ts";

type SourceType = "configMap" | "secret" | "inLine" | "defaultCAs";

/** One entry of a Bundle's `sources` (trust-manager pkg/apis/trust/v1alpha1/types_bundle.go). */
export interface BundleSource {
  readonly type: SourceType;
  /** Pointer steps in the Bundle, down to the name or selector where there is one. */
  readonly steps: readonly (string | number)[];
  /** The object it names; undefined where a selector does, or where there is none. */
  readonly name: string | undefined;
  readonly selector: Known<LabelSelector> | undefined;
  /** The data key it reads; undefined: all of them. */
  readonly key: string | undefined;
  /** The text of an `inLine` source. */
  readonly inLine: string;
}

export function bundleSources(bundle: KubeObject): readonly BundleSource[] {
  return list(bundle.raw, "spec", "sources").flatMap((entry, i) =>
    sourceOf(entry, ["spec", "sources", i]),
  );
}

function sourceOf(entry: Json, steps: readonly (string | number)[]): readonly BundleSource[] {
  const nothing = { name: undefined, selector: undefined, key: undefined, inLine: "" };
  for (const type of ["configMap", "secret"] as const) {
    const from = dig(entry, type);
    if (!isObject(from)) continue;
    const name = text(from, "name") || undefined;
    const selector = isObject(from["selector"]) ? compileSelector(from["selector"]) : undefined;
    const last = name === undefined && selector ? "selector" : "name";
    const key = from["includeAllKeys"] === true ? undefined : text(from, "key");
    return [{ ...nothing, type, steps: [...steps, type, last], name, selector, key }];
  }
  const inLine = text(entry, "inLine");
  if (inLine !== undefined)
    return [{ ...nothing, type: "inLine", steps: [...steps, "inLine"], inLine }];
  if (dig(entry, "useDefaultCAs") !== true) return [];
  return [{ ...nothing, type: "defaultCAs", steps: [...steps, "useDefaultCAs"] }];
}

/** True where the source reads this object; that it lies in the trust namespace is asked elsewhere. */
export function reads(source: BundleSource, object: KubeObject): boolean {
  if (source.type !== (object.kind === "Secret" ? "secret" : "configMap")) return false;
  if (source.name !== undefined) return source.name === object.name;
  return source.selector?.known === true && source.selector.value.matches(object.labels);
}

/** The ConfigMap that a Bundle writes into namespaces; it has the name of the Bundle. */
export interface BundleTarget {
  readonly key: string;
  readonly labels: ReadonlyMap<string, string>;
  /** unknown(why): a selector that does not compile. Without one it means every namespace. */
  readonly namespaces: Known<LabelSelector>;
  readonly hasSelector: boolean;
}

/** Undefined where the Bundle writes no ConfigMap. */
export function bundleTarget(bundle: KubeObject): BundleTarget | undefined {
  const target = record(bundle.raw, "spec", "target");
  if (!isObject(target["configMap"])) return undefined;
  const selector = target["namespaceSelector"];
  return {
    key: text(target, "configMap", "key") ?? "",
    labels: strings(target, "configMap", "metadata", "labels"),
    namespaces: compileSelector(isObject(selector) ? selector : {}),
    hasSelector: isObject(selector),
  };
}

/** True for a ConfigMap that trust-manager wrote for this Bundle; it goes, or loses its label, when the Bundle changes. */
export function isTargetOf(configMap: KubeObject, bundle: KubeObject): boolean {
  return (
    configMap.name === bundle.name &&
    configMap.labels.get("trust.cert-manager.io/bundle") === bundle.name
  );
}

/**
 * Whether the target reaches a namespace; undefined while the selector asks for labels of a Namespace that the
 * inventory does not hold (trust-manager pkg/bundle/bundle.go, --target-namespaces).
 */
export function reaches(
  target: BundleTarget,
  namespace: string,
  namespaces: readonly KubeObject[],
  manager: TrustManager,
): boolean | undefined {
  if (manager.targets && !manager.targets.has(namespace)) return false;
  if (!target.namespaces.known) return false;
  if (target.namespaces.value.everything) return true;
  const found = byName(namespaces).get(namespace);
  if (found) return target.namespaces.value.matches(labelsOfNamespace(found));
  return selectsByName(target.namespaces.value, namespace);
}

const indexes = new WeakMap<readonly KubeObject[], ReadonlyMap<string, KubeObject>>();

/** Asked for each namespace of a world, a list has to be searched once. */
function byName(objects: readonly KubeObject[]): ReadonlyMap<string, KubeObject> {
  const index = indexes.get(objects) ?? new Map(objects.map((object) => [object.name, object]));
  indexes.set(objects, index);
  return index;
}

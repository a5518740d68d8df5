import { compileSelector } from "../../model/label-selector.ts";
import {
  canonical,
  dig,
  isObject,
  record,
  strings,
  text,
  type JsonObject,
} from "../../model/json.ts";
import { known, type Known } from "../../model/known.ts";
import { labelsOfNamespace } from "../../model/namespace.ts";
import { makeObject, nameOf, type KubeObject } from "../../model/object.ts";
import { isTargetOf } from "../../model/trustmanager/bundle.ts";
import {
  objectIn,
  objectsIn,
  rewritten,
  withObjects,
  withoutObjects,
  type World,
} from "../world.ts";
import { managerIn } from "./manager.ts";

const bundleLabel = "trust.cert-manager.io/bundle";

/** What a Bundle asks of its targets, and trust-manager takes back where it is asked no longer (internal/target). */
export interface Asked {
  /** Undefined where it wants no ConfigMap. */
  readonly key: string | undefined;
  readonly labels: readonly string[];
}

export function askedBy(bundle: KubeObject): Asked {
  const target = dig(bundle.raw, "spec", "target", "configMap");
  return {
    key: text(target, "key"),
    labels: [...strings(target, "metadata", "labels").keys(), bundleLabel],
  };
}

/**
 * The namespaces that have a target or keep it: those that are selected, and those of which nobody knows the labels.
 * Or why there is none, where the selector does not compile.
 */
export function reachedBy(world: World, bundle: KubeObject): Known<ReadonlySet<string>> {
  if (askedBy(bundle).key === undefined) return known(new Set());
  const written = dig(bundle.raw, "spec", "target", "namespaceSelector");
  const selector = compileSelector(isObject(written) ? written : {});
  if (!selector.known) return selector;
  const { targets } = managerIn(world);
  const selected = objectsIn(world, "Namespace").filter((namespace) =>
    selector.value.matches(labelsOfNamespace(namespace)),
  );
  const kept = targetsOf(world, bundle).filter(
    ({ namespace }) => objectIn(world, "Namespace", "", namespace) === undefined,
  );
  const names = [...selected.map(({ name }) => name), ...kept.map(({ namespace }) => namespace)];
  return known(new Set(names.filter((name) => targets?.has(name) !== false)));
}

export function targetsOf(world: World, bundle: KubeObject): readonly KubeObject[] {
  return objectsIn(world, "ConfigMap").filter((one) => isTargetOf(one, bundle));
}

/** Targets in namespaces that are reached no longer lose what the Bundle has put there (CleanupTarget). */
export function withoutStrays(
  world: World,
  bundle: KubeObject,
  reached: ReadonlySet<string>,
): World {
  const strays = targetsOf(world, bundle).filter(({ namespace }) => !reached.has(namespace));
  return withoutFields(world, strays, askedBy(bundle));
}

/** Takes fields out of ConfigMaps; one that has lost its Bundle and holds nothing more goes. */
export function withoutFields(
  world: World,
  targets: readonly KubeObject[],
  { key, labels }: Asked,
): World {
  const changed: KubeObject[] = [];
  const gone: string[] = [];
  for (const target of targets) {
    const left = without(target, key, labels);
    if (labels.includes(bundleLabel) && isEmpty(left)) gone.push(nameOf(target));
    else changed.push(rewritten(target, left));
  }
  if (targets.length === 0) return world;
  return withObjects(withoutObjects(world, gone), changed);
}

function without(
  { raw }: KubeObject,
  key: string | undefined,
  labels: readonly string[],
): JsonObject {
  const metadata = record(raw, "metadata");
  return {
    ...raw,
    metadata: { ...metadata, labels: keep(record(metadata, "labels"), labels) },
    data: keep(record(raw, "data"), key === undefined ? [] : [key]),
  };
}

function keep(from: JsonObject, gone: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(from).filter(([name]) => !gone.includes(name)));
}

function isEmpty(raw: JsonObject): boolean {
  return [record(raw, "data"), record(raw, "binaryData")].every(
    (data) => Object.keys(data).length === 0,
  );
}

export function targetOf(
  bundle: KubeObject,
  namespace: string,
  live: KubeObject | undefined,
  key: string,
  content: string,
): KubeObject {
  const asked = record(bundle.raw, "spec", "target", "configMap", "metadata");
  const metadata = {
    ...record(live?.raw, "metadata"),
    name: bundle.name,
    namespace,
    labels: {
      ...record(live?.raw, "metadata", "labels"),
      ...record(asked, "labels"),
      [bundleLabel]: bundle.name,
    },
    annotations: {
      ...record(live?.raw, "metadata", "annotations"),
      ...record(asked, "annotations"),
    },
  };
  const raw = {
    ...live?.raw,
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata,
    data: { ...record(live?.raw, "data"), [key]: content },
  };
  const made = makeObject("ConfigMap", raw, bundle.provenance, namespace);
  return live ? { ...made, uid: live.uid } : { ...made, uid: bundle.uid };
}

export function sameContent(one: KubeObject, other: KubeObject): boolean {
  return textOf(one) === textOf(other);
}

function textOf({ raw, labels }: KubeObject): string {
  return canonical([raw["data"] ?? {}, Object.fromEntries(labels)]);
}

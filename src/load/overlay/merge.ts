import {
  isObject,
  list,
  text,
  type Json,
  type JsonList,
  type JsonObject,
} from "../../model/json.ts";

/**
 * How lists of built-in kinds are merged: by the field that tells their entries apart (the patchMergeKey of their Go
 * types). Lists that are not here are replaced as a whole, as every list of a custom resource is.
 */
const mergeKeys: Readonly<Record<string, string>> = {
  containers: "name",
  env: "name",
  imagePullSecrets: "name",
  initContainers: "name",
  ownerReferences: "uid",
  ports: "containerPort",
  volumeMounts: "mountPath",
  volumes: "name",
};
/** Of a Service, whose ports are not those of a container. */
const servicePort = "port";

/**
 * The object that `kubectl apply` leaves: what the manifest says, without what the last applied one said and this one
 * does not, and with all that others have set (k8s.io/apimachinery pkg/util/strategicpatch, jsonmergepatch).
 */
export function applied(live: JsonObject, last: JsonObject, manifest: JsonObject): JsonObject {
  const custom = (text(manifest, "apiVersion") ?? "").replace(/\/.*/, "").includes(".");
  const service = text(manifest, "kind") === "Service";
  return mergeMaps(live, last, manifest, { byKey: !custom, service });
}

interface Strategy {
  readonly byKey: boolean;
  readonly service: boolean;
}

function mergeMaps(
  live: JsonObject,
  last: JsonObject,
  wanted: JsonObject,
  strategy: Strategy,
): JsonObject {
  const merged: Record<string, Json> = {};
  for (const [key, value] of Object.entries(live))
    if (!Object.hasOwn(last, key) || Object.hasOwn(wanted, key)) merged[key] = value;
  for (const [key, value] of Object.entries(wanted)) {
    const result = mergeValues(key, own(live, key), own(last, key), value, strategy);
    if (result === undefined) delete merged[key];
    else merged[key] = result;
  }
  return merged;
}

function own(map: JsonObject, key: string): Json | undefined {
  return Object.hasOwn(map, key) ? map[key] : undefined;
}

/** Undefined: the key goes, as a null in a manifest asks for. */
function mergeValues(
  key: string,
  live: Json | undefined,
  last: Json | undefined,
  wanted: Json,
  strategy: Strategy,
): Json | undefined {
  if (wanted === null) return undefined;
  if (isObject(wanted))
    return mergeMaps(isObject(live) ? live : {}, isObject(last) ? last : {}, wanted, strategy);
  const by = strategy.byKey ? mergeKeyOf(key, strategy) : undefined;
  return by !== undefined && Array.isArray(wanted) && Array.isArray(live)
    ? mergeLists(list(live), list(last), list(wanted), by, strategy)
    : wanted;
}

function mergeKeyOf(field: string, { service }: Strategy): string | undefined {
  if (field === "ports" && service) return servicePort;
  return Object.hasOwn(mergeKeys, field) ? mergeKeys[field] : undefined;
}

/** Entries of the manifest in its order, then those that others have set. */
function mergeLists(
  live: JsonList,
  last: JsonList,
  wanted: JsonList,
  by: string,
  strategy: Strategy,
): JsonList {
  const find = (entries: JsonList, id: Json | undefined): JsonObject => {
    const found = entries.find((entry) => isObject(entry) && own(entry, by) === id);
    return isObject(found) ? found : {};
  };
  const ids = wanted.map((entry) => (isObject(entry) ? own(entry, by) : undefined));
  const merged = wanted.map((entry, i) =>
    isObject(entry) ? mergeMaps(find(live, ids[i]), find(last, ids[i]), entry, strategy) : entry,
  );
  const before = new Set(last.map((entry) => (isObject(entry) ? own(entry, by) : undefined)));
  const others = live.filter((entry) => {
    const id = isObject(entry) ? own(entry, by) : undefined;
    return !ids.includes(id) && !before.has(id);
  });
  return [...merged, ...others];
}

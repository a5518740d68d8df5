import {
  dig,
  isObject,
  record,
  strings,
  text,
  type Json,
  type JsonObject,
} from "../../model/json.ts";
import { kinds } from "../../model/kinds.ts";
import { makeObject, nameOf, type KubeObject } from "../../model/object.ts";
import { toObject } from "../objects.ts";
import { applied } from "./merge.ts";

const lastApplied = "kubectl.kubernetes.io/last-applied-configuration";

/** What is there after these manifests were applied to it, in order. `namespace` is for those that name none. */
export function applyAll(
  present: readonly KubeObject[],
  manifests: readonly KubeObject[],
  namespace: string,
): readonly KubeObject[] {
  const objects = new Map(present.map((object) => [nameOf(object), object]));
  for (const manifest of manifests) {
    const wanted = housed(manifest, namespace);
    const live = objects.get(nameOf(wanted));
    objects.set(nameOf(wanted), live ? merged(live, wanted) : wanted);
  }
  return [...objects.values()];
}

/** kubectl puts what names no namespace into that of the context. */
function housed(manifest: KubeObject, namespace: string): KubeObject {
  const named = text(manifest.raw, "metadata", "namespace") !== undefined;
  if (named || !kinds[manifest.kind].namespaced || namespace === manifest.namespace)
    return manifest;
  const { kind, raw, provenance, nested } = manifest;
  return makeObject(kind, raw, provenance, namespace, nested);
}

/** Places point into the manifest, which is what the user can change. */
function merged(live: KubeObject, manifest: KubeObject): KubeObject {
  const wanted = withoutPlainValues(manifest.raw);
  const raw = applied(live.raw, withoutPlainValues(lastManifest(live)), wanted);
  const metadata = {
    ...record(raw, "metadata"),
    ...(kinds[live.kind].namespaced && { namespace: live.namespace }),
  };
  return toObject(live.kind, { ...raw, metadata }, manifest.provenance);
}

/** What kubectl applied before, as it noted itself; nothing where the object was made otherwise. */
function lastManifest(live: KubeObject): JsonObject {
  const note = live.annotations.get(lastApplied);
  if (note === undefined) return {};
  try {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what JSON.parse gives is Json
    const value = JSON.parse(note) as Json;
    return isObject(value) ? value : {};
  } catch {
    return {};
  }
}

/** The API server turns the `stringData` of a Secret into `data`. */
function withoutPlainValues(raw: JsonObject): JsonObject {
  if (text(raw, "kind") !== "Secret" || dig(raw, "stringData") === undefined) return raw;
  const { stringData: _stringData, ...rest } = raw;
  const encoded = [...strings(raw, "stringData")].map(([key, value]) => [
    key,
    Buffer.from(value).toString("base64"),
  ]);
  return { ...rest, data: { ...record(raw, "data"), ...Object.fromEntries(encoded) } };
}

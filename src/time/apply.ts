import { isObject, record, type Json, type JsonObject } from "../model/json.ts";
import { nameOf, type KubeObject } from "../model/object.ts";
import { makeObject } from "../model/object.ts";
import { withObjects, type World } from "./world.ts";

/**
 * What `kubectl apply` leaves in the cluster: what the manifest says, on top of what it does not speak of. Lists are
 * replaced, as those of custom resources are. What an earlier apply wrote and this one drops stays, because nobody
 * can tell who wrote it.
 */
export function apply(world: World, manifests: readonly KubeObject[]): World {
  return withObjects(
    world,
    manifests.map((manifest) => applied(manifest, world.objects.get(nameOf(manifest)))),
  );
}

function applied(manifest: KubeObject, live: KubeObject | undefined): KubeObject {
  if (!live) return manifest;
  const { status: _status, ...spoken } = manifest.raw;
  const merged = record(merge(live.raw, spoken));
  const raw = changes(live.raw, merged) ? nextGeneration(live, merged) : live.raw;
  const nested = new Map([...live.nested, ...manifest.nested]);
  return {
    ...makeObject(manifest.kind, raw, manifest.provenance, manifest.namespace, nested),
    uid: live.uid,
  };
}

/** The status of an object that is made from a manifest that a dump holds is kept: it was true then. */
function merge(below: Json | undefined, above: Json): Json {
  if (!isObject(below) || !isObject(above)) return above;
  const merged: Record<string, Json> = { ...below };
  for (const [key, value] of Object.entries(above)) {
    if (value === null) delete merged[key];
    else merged[key] = merge(merged[key], value);
  }
  return merged;
}

function changes(before: JsonObject, after: JsonObject): boolean {
  return (
    JSON.stringify(contentOf(before)) !== JSON.stringify(contentOf(after)) ||
    JSON.stringify(record(before, "metadata", "labels")) !==
      JSON.stringify(record(after, "metadata", "labels"))
  );
}

function contentOf({ metadata: _metadata, status: _status, ...content }: JsonObject): JsonObject {
  return content;
}

/** The API server counts every change of a spec; controllers tell by it whether they have seen the latest. */
function nextGeneration(live: KubeObject, raw: JsonObject): JsonObject {
  const generation = record(live.raw, "metadata")["generation"];
  const metadata = { ...record(raw, "metadata") };
  if (typeof generation === "number") metadata["generation"] = generation + 1;
  return { ...raw, metadata };
}

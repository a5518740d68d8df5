import type { Environment } from "../../model/environment.ts";
import { makeInventory, type Inventory, type Knowledge } from "../../model/inventory.ts";
import {
  isObject,
  list,
  record,
  strings,
  text,
  type Json,
  type JsonObject,
} from "../../model/json.ts";
import { isKind, kindOf, type Kind } from "../../model/kinds.ts";
import type { KubeObject, ObjectRef } from "../../model/object.ts";
import { toObject } from "../objects.ts";
import { sharing, type Share } from "../share.ts";
import { readText } from "../text.ts";

export interface Snapshot {
  readonly collectedAt: Date;
  readonly inventories: readonly Inventory[];
}

interface SnapshotOptions {
  readonly environment: Environment;
  readonly assumed: readonly ObjectRef[];
}

/** Reads what `snapshot` wrote, or says why it is none. */
export function readSnapshot(
  file: string,
  options: SnapshotOptions,
): Snapshot | { readonly problem: string } {
  const source = readText(file);
  if ("problem" in source) return source;
  let value: Json;
  try {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what JSON.parse gives is Json
    value = JSON.parse(source.text) as Json;
  } catch (error) {
    return { problem: `it is no JSON: ${error instanceof Error ? error.message : String(error)}` };
  }
  if (text(value, "kind") !== "snapshot")
    return { problem: "it is no snapshot: kubectl knative-certs snapshot makes one" };
  const version = isObject(value) ? value["version"] : undefined;
  if (version !== 1)
    return {
      problem: `it is a snapshot of version ${JSON.stringify(version)}, and 1 is known here`,
    };
  const collectedAt = new Date(text(value, "collectedAt") ?? "");
  if (Number.isNaN(collectedAt.getTime())) return { problem: "collectedAt is no time" };
  return {
    collectedAt,
    inventories: list(value, "clusters").map((cluster) => inventoryIn(cluster, options)),
  };
}

function inventoryIn(cluster: Json, options: SnapshotOptions): Inventory {
  const name = text(cluster, "name") ?? "";
  const known = new Map(
    Object.entries(record(cluster, "kinds")).flatMap(([kind, entry]) =>
      isKind(kind) ? [[kind, entry] as const] : [],
    ),
  );
  const share = sharing();
  return makeInventory({
    ...options,
    world: name,
    live: true,
    objects: list(cluster, "objects").flatMap((raw) =>
      isObject(raw) ? objectOf(raw, name, share) : [],
    ),
    knowledge: (kind, namespace) => knowledgeOf(known.get(kind), kind, namespace),
    unread: new Map([...known.values()].flatMap((entry) => [...strings(entry, "unread")])),
  });
}

function objectOf(raw: JsonObject, context: string, share: Share): readonly KubeObject[] {
  const kind = kindOf(text(raw, "apiVersion") ?? "", text(raw, "kind") ?? "");
  const resourceVersion = text(raw, "metadata", "resourceVersion") ?? "";
  const provenance = { type: "cluster", context, resourceVersion } as const;
  return kind ? [toObject(kind, raw, provenance, { share })] : [];
}

function knowledgeOf(entry: Json | undefined, kind: Kind, namespace?: string): Knowledge {
  if (entry === undefined)
    return {
      state: "absent",
      why: `the snapshot does not hold ${kind}: it was made for other rules`,
      asked: false,
    };
  const within = namespace === undefined ? {} : record(entry, "inNamespace", namespace);
  const found = Object.keys(within).length > 0 ? within : record(entry, "knowledge");
  const state = text(found, "state");
  const why = text(found, "why") ?? "";
  const rbac = text(found, "rbac");
  if (state === "complete") return { state };
  return {
    state: state === "partial" ? state : "absent",
    why,
    ...(rbac !== undefined && { rbac }),
  };
}

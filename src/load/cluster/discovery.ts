import { list, text, type JsonObject } from "../../model/json.ts";
import { kinds, type Kind } from "../../model/kinds.ts";
import { ApiError, type Client } from "./client.ts";
import type { Resource } from "./list.ts";

/** Which resources a server has: found where it has one the model knows, missing where it has none. */
export type Served =
  | { readonly state: "served"; readonly resource: Resource }
  | { readonly state: "missing" }
  /** Only versions that the model does not know. */
  | { readonly state: "strange"; readonly versions: readonly string[] };

const aggregated =
  "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json";

/** Asks once for everything; servers before Kubernetes 1.30 answer with groups only, and are then asked for each. */
export async function discover(
  client: Client,
  wanted: readonly Kind[],
): Promise<(kind: Kind) => Served> {
  const answer = await readable(client.getJson("/apis", aggregated));
  if (!answer)
    return (kind) => ({ state: "served", resource: resourceOf(kind, kinds[kind].versions[0]) });
  const served =
    text(answer, "kind") === "APIGroupDiscoveryList"
      ? servedIn(answer)
      : await servedByGroup(client, answer, wanted);
  return (kind) => {
    const { group, plural, versions } = kinds[kind];
    if (group === "") return { state: "served", resource: resourceOf(kind, versions[0]) };
    const there = served.get(`${group}/${plural}`) ?? [];
    const version = versions.find((one) => there.includes(one));
    if (version !== undefined) return { state: "served", resource: resourceOf(kind, version) };
    return there.length === 0 ? { state: "missing" } : { state: "strange", versions: there };
  };
}

/** Where this is not answered, what is wanted may be listed all the same; undefined then. */
async function readable(answer: Promise<JsonObject>): Promise<JsonObject | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof ApiError) return undefined;
    throw error;
  }
}

function resourceOf(kind: Kind, version: string): Resource {
  const { group, plural } = kinds[kind];
  return { apiVersion: group === "" ? version : `${group}/${version}`, plural };
}

/** Versions by "group/plural". */
type ServedVersions = ReadonlyMap<string, readonly string[]>;

function servedIn(answer: JsonObject): ServedVersions {
  const served = new Map<string, string[]>();
  for (const group of list(answer, "items"))
    for (const version of list(group, "versions"))
      for (const resource of list(version, "resources"))
        add(
          served,
          text(group, "metadata", "name"),
          text(resource, "resource"),
          text(version, "version"),
        );
  return served;
}

async function servedByGroup(
  client: Client,
  answer: JsonObject,
  wanted: readonly Kind[],
): Promise<ServedVersions> {
  const served = new Map<string, string[]>();
  const groups = new Set<string>(wanted.map((kind) => kinds[kind].group));
  for (const group of list(answer, "groups")) {
    const name = text(group, "name") ?? "";
    if (!groups.has(name)) continue;
    for (const version of list(group, "versions")) {
      const resources = await readable(
        client.getJson(`/apis/${text(version, "groupVersion") ?? ""}`),
      );
      const plurals = resources
        ? list(resources, "resources").map((resource) => text(resource, "name"))
        : wanted.filter((kind) => kinds[kind].group === name).map((kind) => kinds[kind].plural);
      for (const plural of plurals) add(served, name, plural, text(version, "version"));
    }
  }
  return served;
}

function add(
  served: Map<string, string[]>,
  group: string | undefined,
  plural: string | undefined,
  version: string | undefined,
): void {
  const key = `${group ?? ""}/${plural ?? ""}`;
  served.set(key, [...(served.get(key) ?? []), version ?? ""]);
}

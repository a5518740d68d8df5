import { dirname, join, normalize } from "node:path";
import {
  isObject,
  list,
  record,
  strings,
  stringList,
  text,
  type Json,
  type JsonObject,
} from "../model/json.ts";

export function isKustomization(path: string): boolean {
  return /(?:^|[\\/])(?:kustomization\.ya?ml|Kustomization)$/.test(path);
}

/** What a kustomization refers to. */
export interface Kustomization {
  readonly path: string;
  readonly directory: string;
  /** Local paths of files and directories that become part of what it renders to, or steer that. */
  readonly local: readonly string[];
  /** Bases that would have to be fetched. */
  readonly remote: readonly string[];
}

const pathLists = [
  "resources",
  "bases",
  "components",
  "crds",
  "configurations",
  "generators",
  "transformers",
  "validators",
  "patchesStrategicMerge",
];

/** Reads the references of a kustomization (kustomize api/types/kustomization.go). */
export function readKustomization(path: string, content: Json): Kustomization {
  const directory = dirname(path);
  const references = isObject(content) ? referencesIn(content) : [];
  return {
    path,
    directory,
    local: references
      .filter((reference) => !isRemote(reference))
      .map((reference) => normalize(join(directory, reference))),
    remote: references.filter(isRemote),
  };
}

function referencesIn(content: JsonObject): readonly string[] {
  const lists = pathLists
    .flatMap((key) => stringList(content, key))
    .filter((entry) => !entry.includes("\n"));
  const patches = ["patches", "patchesJson6902", "replacements"].flatMap((key) =>
    list(content, key).map((entry) => text(entry, "path")),
  );
  const generators = ["configMapGenerator", "secretGenerator"].flatMap((key) =>
    list(content, key).flatMap((entry) => [
      ...stringList(entry, "files"),
      ...stringList(entry, "envs"),
      text(entry, "env"),
    ]),
  );
  const charts = list(content, "helmCharts").flatMap((entry) => [
    text(entry, "valuesFile"),
    ...stringList(entry, "additionalValuesFiles"),
  ]);
  const openapi = strings(record(content, "openapi")).get("path");
  const all = [...lists, ...patches, ...generators.map(fileOfGenerator), ...charts, openapi];
  return all.flatMap((entry) => (entry ? [entry] : []));
}

/** A generator's file may be written `key=path`. */
function fileOfGenerator(entry: string | undefined): string | undefined {
  return entry?.replace(/^[^=/]*=/, "");
}

/** A reference that kustomize would fetch: a URL, an scp-like git address, or a host and path. */
function isRemote(reference: string): boolean {
  return /^[a-z][a-z+.-]*:\/\/|^git@|^[\w.-]+\.[a-z]{2,}\/|\?ref=/i.test(reference);
}

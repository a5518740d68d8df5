import { record, type JsonObject } from "../json.ts";
import type { Kind } from "../kinds.ts";
import { pointer, type Pointer } from "../pointer.ts";

export const issuerReferenceKeys = [
  "issuerRef",
  "clusterLocalIssuerRef",
  "systemInternalIssuerRef",
] as const;
export type IssuerReferenceKey = (typeof issuerReferenceKeys)[number];

export const wildcardSelectorKey = "namespace-wildcard-cert-selector";
export const exampleKey = "_example";

/** The strings of an object that Knative decodes as YAML, by their pointers. */
export function nestedYaml(kind: Kind, name: string, raw: JsonObject): readonly Pointer[] {
  if (kind === "ConfigMap") return keysOf(name, raw["data"]).map((key) => pointer("data", key));
  if (kind !== "KnativeServing") return [];
  const config = record(raw, "spec", "config");
  return Object.keys(config).flatMap((section) =>
    keysOf(configMapName(section), config[section]).map((key) =>
      pointer("spec", "config", section, key),
    ),
  );
}

/** The operator accepts the name of a ConfigMap with and without its prefix (operator pkg/reconciler/common/config_maps.go). */
export function configMapName(section: string): string {
  return section.startsWith("config-") ? section : `config-${section}`;
}

function keysOf(configMap: string, data: JsonObject[string] | undefined): readonly string[] {
  const keys = Object.keys(record(data));
  switch (configMap) {
    case "config-certmanager":
      return keys.filter((key) => (issuerReferenceKeys as readonly string[]).includes(key));
    case "config-network":
      return keys.filter((key) => key === wildcardSelectorKey);
    case "config-domain":
      return keys.filter((key) => key !== exampleKey);
    default:
      return [];
  }
}

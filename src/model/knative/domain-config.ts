import { compare } from "../inventory.ts";
import { goString, jsonType, structField, type YamlEntry } from "../yaml-value.ts";
import { exampleKey } from "./nested-keys.ts";
import type { SettingError } from "./network-config.ts";
import type { Entry, Settings } from "./settings.ts";

export const visibilityLabel = "networking.knative.dev/visibility";

interface Domain {
  readonly name: string;
  readonly selector: ReadonlyMap<string, string>;
  /** A namespace wildcard certificate is wanted for it. */
  readonly wildcard: boolean;
  /** Undefined for the default that Knative adds by itself. */
  readonly entry: Entry | undefined;
}

/** config-domain as serving pkg/reconciler/route/config/domain.go NewDomainFromConfigMap reads it. */
export interface DomainConfig {
  readonly settings: Settings;
  /** `svc.` and the cluster domain: what routes get that nothing else selects when no default is written. */
  readonly clusterLocal: string;
  readonly domains: readonly Domain[];
  /** Any error refuses the whole ConfigMap. */
  readonly errors: readonly SettingError[];
}

export function readDomainConfig(settings: Settings, clusterDomain: string): DomainConfig {
  const clusterLocal = `svc.${clusterDomain}`;
  const domains: Domain[] = [];
  const errors: SettingError[] = [];
  for (const entry of settings.entries.values()) {
    if (entry.key === exampleKey || entry.value === undefined) continue;
    const domain = readDomain(entry);
    if ("message" in domain) errors.push(domain);
    else domains.push(domain);
  }
  if (!domains.some(({ selector }) => selector.size === 0)) {
    domains.push({ name: clusterLocal, selector: new Map(), wildcard: true, entry: undefined });
  }
  return {
    settings,
    clusterLocal,
    domains: domains.toSorted((a, b) => compare(a.name, b.name)),
    errors,
  };
}

function readDomain(entry: Entry): Domain | SettingError {
  const { nested, key: name } = entry;
  const plain = { name, selector: new Map<string, string>(), wildcard: true, entry };
  if (!nested) return plain;
  if (!nested.ok) return { entry, message: nested.message };
  if (nested.value.type === "null") return plain;
  if (nested.value.type !== "map") {
    return {
      entry,
      message: `json: cannot unmarshal ${jsonType(nested.value)} into Go value of type config.domainInternalConfig`,
    };
  }
  const selector = readSelector(nested.value.entries);
  if (!selector)
    return { entry, message: "json: cannot unmarshal selector into Go type map[string]string" };
  const type = structField(nested.value.entries, "type");
  return {
    name,
    selector,
    wildcard: selector.size === 0 || (type && goString(type.value)) === "wildcard",
    entry,
  };
}

function readSelector(entries: readonly YamlEntry[]): Map<string, string> | undefined {
  const field = structField(entries, "selector");
  if (!field) return new Map();
  if (field.value.type !== "map") return undefined;
  const selector = new Map<string, string>();
  for (const { key, value } of field.value.entries) {
    const expected = value.type === "null" ? "" : goString(value);
    if (expected === undefined) return undefined;
    selector.set(key, expected);
  }
  return selector;
}

/** The domain of a route with these labels (LookupDomainForLabels): the most labels matched, then the first by name. */
export function domainFor(config: DomainConfig, labels: ReadonlyMap<string, string>): string {
  if (labels.get(visibilityLabel) === "cluster-local") return config.clusterLocal;
  const matching = config.domains.filter(({ selector }) =>
    [...selector].every(([key, value]) => labels.get(key) === value),
  );
  const most = Math.max(-1, ...matching.map(({ selector }) => selector.size));
  return matching.find(({ selector }) => selector.size === most)?.name ?? "";
}

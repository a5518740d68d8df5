import { compare } from "../inventory.ts";
import { goString, jsonType, structField, type YamlEntry, type YamlValue } from "../yaml-value.ts";
import { exampleKey } from "./nested-keys.ts";
import type { SettingError } from "./network-config.ts";
import type { Entry, Settings } from "./settings.ts";

export const visibilityLabel = "networking.knative.dev/visibility";

interface Domain {
  readonly name: string;
  readonly selector: ReadonlyMap<string, string>;
  /** A namespace wildcard certificate is wanted for it. */
  readonly wildcard: boolean;
  /** Fields that its value has and Knative does not read. */
  readonly ignored: readonly string[];
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
    // To the API server a key without a value is an empty string; what else is no string, it refuses.
    if (entry.key === exampleKey || (entry.value === undefined && entry.written !== null)) continue;
    const domain = readDomain(entry);
    if ("message" in domain) errors.push(domain);
    else domains.push(domain);
  }
  if (!domains.some(({ selector }) => selector.size === 0)) {
    domains.push({ ...forEveryRoute, name: clusterLocal, entry: undefined });
  }
  return {
    settings,
    clusterLocal,
    domains: domains.toSorted((a, b) => compare(a.name, b.name)),
    errors,
  };
}

/** What a domain is whose value is empty. */
const forEveryRoute = { selector: new Map<string, string>(), wildcard: true, ignored: [] };

const fieldNames = ["selector", "type"] as const;

function readDomain(entry: Entry): Domain | SettingError {
  const { nested, key: name } = entry;
  const plain = { ...forEveryRoute, name, entry };
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
  if (!(selector instanceof Map)) return { entry, message: selector.message };
  const type = structField(nested.value.entries, "type");
  return {
    name,
    selector,
    wildcard: selector.size === 0 || (type && goString(type.value)) === "wildcard",
    ignored: nested.value.entries
      .map(({ key }) => key)
      .filter((key) => !fieldNames.some((field) => field === key.toLowerCase())),
    entry,
  };
}

function readSelector(
  entries: readonly YamlEntry[],
): Map<string, string> | { readonly message: string } {
  const field = structField(entries, "selector");
  if (!field) return new Map();
  if (field.value.type !== "map") return wrong(field.value, "map[string]string");
  const selector = new Map<string, string>();
  for (const { key, value } of field.value.entries) {
    const expected = value.type === "null" ? "" : goString(value);
    if (expected === undefined) return wrong(value, "string");
    selector.set(key, expected);
  }
  return selector;
}

/** The error of encoding/json for a selector, or a label in it, that has another shape than its Go type. */
function wrong(value: YamlValue, type: string): { readonly message: string } {
  return {
    message: `json: cannot unmarshal ${jsonType(value)} into Go struct field domainInternalConfig.selector of type ${type}`,
  };
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

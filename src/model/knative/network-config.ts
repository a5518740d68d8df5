import { equalFold, parseBool, parseInteger } from "../go/strconv.ts";
import { compileSelector, type LabelSelector } from "../label-selector.ts";
import { unknown, type Known } from "../known.ts";
import { jsonType, structField, toStringJson, type YamlEntry } from "../yaml-value.ts";
import { wildcardSelectorKey } from "./nested-keys.ts";
import type { Entry, Settings } from "./settings.ts";
import { checkDomainTemplate, checkTagTemplate } from "./templates.ts";

export const certManagerClass = "cert-manager.certificate.networking.knative.dev";

/** A setting with the entry that decides it; undefined where the default holds. */
interface Setting<T> {
  readonly value: T;
  readonly entry: Entry | undefined;
}

/** A value with which NewConfigFromMap returns an error, so that activator, controller and Kourier exit at start. */
export interface SettingError {
  readonly entry: Entry;
  readonly message: string;
}

type HttpProtocol = "enabled" | "disabled" | "redirected";

/** config-network as knative/networking pkg/config/config.go NewConfigFromMap reads it. */
export interface NetworkConfig {
  readonly settings: Settings;
  readonly externalDomainTls: Setting<boolean>;
  readonly clusterLocalDomainTls: Setting<boolean>;
  readonly systemInternalTls: Setting<boolean>;
  readonly httpProtocol: Setting<HttpProtocol>;
  readonly certificateClass: Setting<string>;
  readonly ingressClass: Setting<string>;
  readonly domainTemplate: Setting<string>;
  readonly tagTemplate: Setting<string>;
  /** Undefined: no wildcard certificates. unknown(why): a selector that does not compile. */
  readonly wildcardSelector: Setting<Known<LabelSelector>> | undefined;
  readonly errors: readonly SettingError[];
}

/** Keys with an older spelling that is read where the new one is absent, oldest first. */
export const legacyKeys: Readonly<Record<string, readonly string[]>> = {
  "autocreate-cluster-domain-claims": ["autocreateClusterDomainClaims"],
  "certificate-class": ["certificate.class"],
  "default-external-scheme": ["defaultExternalScheme"],
  "domain-template": ["domainTemplate"],
  "external-domain-tls": ["autoTLS", "auto-tls"],
  "http-protocol": ["httpProtocol"],
  "ingress-class": ["ingress.class"],
  "rollout-duration": ["rolloutDuration"],
  "tag-template": ["tagTemplate"],
};

/** Every key that NewConfigFromMap reads in its present spelling. */
export const networkKeys: readonly string[] = [
  ...Object.keys(legacyKeys),
  "cluster-local-domain-tls",
  "enable-mesh-pod-addressability",
  "internal-encryption",
  "mesh-compatibility-mode",
  wildcardSelectorKey,
  "system-internal-tls",
];

export function readNetworkConfig(settings: Settings): NetworkConfig {
  const errors: SettingError[] = [];
  const read = reader(settings, errors);
  const externalDomainTls = read.choose("external-domain-tls");
  const systemInternalTls = read.systemInternalTls();
  const domainTemplate = read.text("domain-template", "{{.Name}}.{{.Namespace}}.{{.Domain}}");
  const tagTemplate = read.text("tag-template", "{{.Tag}}-{{.Name}}");
  read.check(domainTemplate, checkDomainTemplate);
  read.check(tagTemplate, checkTagTemplate);
  for (const key of ["autocreate-cluster-domain-claims", "enable-mesh-pod-addressability"])
    read.boolean(key);
  read.rolloutDuration();
  return {
    settings,
    externalDomainTls: {
      value: equalFold(externalDomainTls?.value ?? "", "enabled"),
      entry: externalDomainTls,
    },
    clusterLocalDomainTls: read.encryption("cluster-local-domain-tls"),
    systemInternalTls,
    httpProtocol: read.httpProtocol(),
    certificateClass: read.text("certificate-class", certManagerClass),
    ingressClass: read.text("ingress-class", "istio.ingress.networking.knative.dev"),
    domainTemplate,
    tagTemplate,
    wildcardSelector: read.wildcardSelector(),
    errors,
  };
}

/** True when the serving controller runs the certificate controller (serving pkg/networking/util.go). */
export function certificatesWanted(network: NetworkConfig): boolean {
  return (
    network.externalDomainTls.value ||
    network.systemInternalTls.value ||
    network.clusterLocalDomainTls.value ||
    network.wildcardSelector !== undefined
  );
}

/** The error of encoding/json for a field of a LabelSelector that has another shape than its Go type. */
function shapeProblem(entries: readonly YamlEntry[]): string | undefined {
  const types = [
    ["matchLabels", "map", "map[string]string"],
    ["matchExpressions", "list", "[]v1.LabelSelectorRequirement"],
  ] as const;
  for (const [field, type, goType] of types) {
    const written = structField(entries, field);
    if (written && written.value.type !== type)
      return `json: cannot unmarshal ${jsonType(written.value)} into Go struct field LabelSelector.${field} of type ${goType}`;
  }
  return undefined;
}

function reader(settings: Settings, errors: SettingError[]) {
  const { entries } = settings;
  const fail = (entry: Entry, message: string) => errors.push({ entry, message });
  /** The entry that decides `key`: its present spelling, else its youngest older one. */
  const choose = (key: string): Entry | undefined =>
    entries.get(key) ??
    (legacyKeys[key] ?? [])
      .toReversed()
      .map((old) => entries.get(old))
      .find(Boolean);

  function text(key: string, fallback: string): Setting<string> {
    const entry = choose(key);
    return { value: entry ? (entry.value ?? "").trim() : fallback, entry };
  }

  function boolean(key: string): Setting<boolean> {
    for (const name of [...(legacyKeys[key] ?? []), key]) {
      const entry = entries.get(name);
      if (entry?.value !== undefined && parseBool(entry.value) === undefined) {
        fail(
          entry,
          `failed to parse "${name}": strconv.ParseBool: parsing "${entry.value}": invalid syntax`,
        );
      }
    }
    const entry = choose(key);
    return { value: parseBool(entry?.value ?? "") ?? false, entry };
  }

  function encryption(key: string): Setting<boolean> {
    const entry = entries.get(key);
    const value = (entry?.value ?? "").toLowerCase();
    if (entry && !["", "disabled", "enabled"].includes(value)) {
      fail(
        entry,
        `${key} with value: "${entry.value ?? ""}" in config-network ConfigMap is not supported`,
      );
    }
    return { value: value === "enabled", entry };
  }

  /** `internal-encryption: "true"` is looked at in the branch for "" and "disabled", so it wins over an explicit disabled. */
  function systemInternalTls(): Setting<boolean> {
    const wanted = encryption("system-internal-tls");
    const older = boolean("internal-encryption");
    const decided = ["", "disabled"].includes((wanted.entry?.value ?? "").toLowerCase());
    return !wanted.value && decided && older.value ? older : wanted;
  }

  function httpProtocol(): Setting<HttpProtocol> {
    const entry = choose("http-protocol");
    const value = (entry?.value ?? "").toLowerCase();
    if (value === "disabled" || value === "redirected") return { value, entry };
    if (entry && value !== "" && value !== "enabled") {
      fail(
        entry,
        `httpProtocol ${entries.get("http-protocol")?.value ?? ""} in config-network ConfigMap is not supported`,
      );
    }
    return { value: "enabled", entry };
  }

  function rolloutDuration(): void {
    for (const name of ["rolloutDuration", "rollout-duration"]) {
      const entry = entries.get(name);
      if (entry?.value === undefined) continue;
      const seconds = parseInteger(entry.value);
      if (seconds === undefined)
        fail(
          entry,
          `failed to parse "${name}": strconv.ParseInt: parsing "${entry.value}": invalid syntax`,
        );
      else if (seconds < 0 && entry === choose("rollout-duration")) {
        fail(entry, `rollout-duration must be a positive integer, but was ${String(seconds)}`);
      }
    }
  }

  function wildcardSelector(): Setting<Known<LabelSelector>> | undefined {
    const entry = entries.get(wildcardSelectorKey);
    if (!entry || entry.value === "") return undefined;
    const { nested } = entry;
    if (!nested) return { value: unknown("it is not a string"), entry };
    if (!nested.ok) {
      fail(entry, nested.message);
      return { value: unknown(nested.message), entry };
    }
    if (nested.value.type === "null") return undefined;
    if (nested.value.type !== "map") {
      const message = "json: cannot unmarshal it into Go value of type v1.LabelSelector";
      fail(entry, message);
      return { value: unknown(message), entry };
    }
    const misshapen = shapeProblem(nested.value.entries);
    if (misshapen !== undefined) {
      fail(entry, misshapen);
      return { value: unknown(misshapen), entry };
    }
    return { value: compileSelector(toStringJson(nested.value)), entry };
  }

  function check(
    setting: Setting<string>,
    problemOf: (template: string) => string | undefined,
  ): void {
    const problem = problemOf(setting.value);
    if (problem !== undefined && setting.entry) fail(setting.entry, problem);
  }

  return {
    choose,
    text,
    boolean,
    encryption,
    systemInternalTls,
    httpProtocol,
    rolloutDuration,
    wildcardSelector,
    check,
  };
}

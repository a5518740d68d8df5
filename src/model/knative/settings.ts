import { dig, isObject, record, type Json } from "../json.ts";
import { known, unknown, type Known } from "../known.ts";
import type { Source } from "../fact.ts";
import { at, observed, type KubeObject } from "../object.ts";
import type { Inside, Part, Place } from "../place.ts";
import { pointer } from "../pointer.ts";
import type { Nested } from "../yaml-value.ts";
import { configMapName } from "./nested-keys.ts";

/** The ConfigMaps of Knative Serving that decide about certificates. */
export type ConfigName =
  | "config-certmanager"
  | "config-network"
  | "config-domain"
  | "config-deployment"
  | "config-features";

/** One key of a ConfigMap or of its section in a KnativeServing resource. */
export interface Entry {
  readonly key: string;
  /** The value as Knative reads it; undefined when it is not a string, which the API server rejects. */
  readonly value: string | undefined;
  /** The value as written. */
  readonly written: Json;
  /** The YAML inside the string, for the keys that Knative decodes. */
  readonly nested: Nested | undefined;
  readonly holder: KubeObject;
  /** Pointer steps of the entry in `holder`. */
  readonly steps: readonly string[];
}

export function placeOf(entry: Entry, part: Part = "value", inside?: Inside): Place {
  return at(entry.holder, entry.steps, part, inside);
}

/** A ConfigMap as Knative's components will see it, from the ConfigMap itself and from the operator's custom resource. */
export interface Settings {
  readonly name: ConfigName;
  readonly configMap: KubeObject | undefined;
  /** The KnativeServing or KnativeEventing resource that has a section for this ConfigMap. */
  readonly custom: KubeObject | undefined;
  /** By key; where both sources have it, the one that decides. */
  readonly entries: ReadonlyMap<string, Entry>;
  /** Where entries should be and something else is: a `data` that is no mapping. */
  readonly shapeless: readonly { readonly holder: KubeObject; readonly steps: readonly string[] }[];
  /** Keys that both sources hold, with different values. */
  readonly conflicts: readonly { readonly live: Entry; readonly wanted: Entry }[];
  /** Keys that only the custom resource holds while the ConfigMap is known. */
  readonly unapplied: readonly Entry[];
}

/**
 * Reads one ConfigMap of Serving or Eventing; `known(undefined)` when neither it nor a section for it exists.
 * The operator copies its entries over the ConfigMap and leaves other keys alone (UpdateConfigMap). So for objects that
 * are only written, the custom resource decides; once the ConfigMap was observed, its own values are what components read.
 */
export function readSettings(
  source: Source,
  name: ConfigName,
  owner: "KnativeServing" | "KnativeEventing" = "KnativeServing",
): Known<Settings | undefined> {
  const { serving, eventing } = source.environment.namespaces;
  const namespace = owner === "KnativeServing" ? serving : eventing;
  const found = source.lookup("ConfigMap", namespace, name);
  const configMap = found.state === "found" ? found.object : undefined;
  const custom = source
    .all(owner)
    .find((object) => object.namespace === namespace && sectionsFor(object, name).length > 0);
  if (!configMap && !custom) {
    if (found.state === "missing") return known(undefined);
    return unknown(
      found.state === "unknown"
        ? `ConfigMap ${namespace}/${name}: ${found.why}`
        : `ConfigMap ${namespace}/${name} is assumed to exist elsewhere, so its content is not known`,
    );
  }
  return known(merge(name, configMap, custom));
}

function merge(
  name: ConfigName,
  configMap: KubeObject | undefined,
  custom: KubeObject | undefined,
): Settings {
  const data = configMap ? [{ holder: configMap, steps: ["data"] }] : [];
  const sections = custom
    ? sectionsFor(custom, name).map((section) => ({
        holder: custom,
        steps: ["spec", "config", section],
      }))
    : [];
  const live = data.flatMap(({ holder, steps }) => entriesOf(holder, steps));
  const wanted = sections.flatMap(({ holder, steps }) => entriesOf(holder, steps));
  const liveByKey = new Map(live.map((entry) => [entry.key, entry]));
  const liveDecides = configMap !== undefined && observed(configMap);
  const entries = new Map(liveDecides ? liveByKey : [...liveByKey, ...byKey(wanted)]);
  return {
    name,
    configMap,
    custom,
    entries,
    shapeless: [...data, ...sections].filter(
      ({ holder, steps }) => !isObject(dig(holder.raw, ...steps) ?? {}),
    ),
    conflicts: wanted.flatMap((entry) => {
      const other = liveByKey.get(entry.key);
      return other && other.value !== entry.value ? [{ live: other, wanted: entry }] : [];
    }),
    unapplied: configMap ? wanted.filter((entry) => !liveByKey.has(entry.key)) : [],
  };
}

function byKey(entries: readonly Entry[]): readonly (readonly [string, Entry])[] {
  return entries.map((entry) => [entry.key, entry]);
}

function sectionsFor(custom: KubeObject, name: ConfigName): readonly string[] {
  return Object.keys(record(custom.raw, "spec", "config")).filter(
    (section) => configMapName(section) === name,
  );
}

function entriesOf(holder: KubeObject, steps: readonly string[]): readonly Entry[] {
  return Object.entries(record(dig(holder.raw, ...steps))).map(([key, written]) => ({
    key,
    value: typeof written === "string" ? written : undefined,
    written,
    nested: holder.nested.get(pointer(...steps, key)),
    holder,
    steps: [...steps, key],
  }));
}

/** Where the settings are written, for findings about a key that is absent. */
export function holderOf(settings: Settings): KubeObject | undefined {
  return settings.configMap ?? settings.custom;
}

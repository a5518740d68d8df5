import { defineFact, type Source } from "../fact.ts";
import { equalFold } from "../go/strconv.ts";
import { known, unknown, type Known } from "../known.ts";
import { readSettings, type Entry, type Settings } from "../knative/settings.ts";

export const transportEncryptionKey = "transport-encryption";

/**
 * disabled, permissive and strict are what Eventing asks for. neither: a value that it accepts and then finds to be none
 * of the three. refused: one with which config-features does not parse.
 */
type TransportEncryption = "disabled" | "permissive" | "strict" | "neither" | "refused";

export interface EventingTls {
  readonly mode: TransportEncryption;
  /** Undefined where the default, disabled, holds. */
  readonly entry: Entry | undefined;
  readonly settings: Settings | undefined;
}

/** Kinds of which Eventing has objects in its own namespace. */
const signs = ["Certificate", "ConfigMap", "Deployment"] as const;

function isInstalled(source: Source): boolean {
  const { eventing } = source.environment.namespaces;
  return (
    source.all("KnativeEventing").length > 0 ||
    signs.some((kind) => source.all(kind).some(({ namespace }) => namespace === eventing))
  );
}

/**
 * How Eventing reads its transport-encryption (eventing pkg/apis/feature/features.go NewFlagsConfigFromMap).
 * `known(undefined)`: nothing among the objects speaks of Eventing.
 */
export const eventingTls = defineFact<Known<EventingTls | undefined>>({
  name: "eventingTls",
  reads: [...signs, "KnativeEventing"],
  from: [],
  derive: (source) => {
    if (!isInstalled(source)) return known(undefined);
    const settings = readSettings(source, "config-features", "KnativeEventing");
    if (!settings.known) return settings;
    const entry = settings.value?.entries.get(transportEncryptionKey);
    const { value: found } = settings;
    if (!entry) return known({ mode: "disabled", entry, settings: found });
    if (entry.value === undefined) return unknown("transport-encryption is no string");
    return known({ mode: modeOf(entry.value), entry, settings: found });
  },
});

/** The value is not trimmed. */
function modeOf(value: string): TransportEncryption {
  const is = (word: string) => equalFold(value, word);
  if (is("disabled")) return "disabled";
  if (is("permissive")) return "permissive";
  if (is("strict")) return "strict";
  return is("enabled") || is("allowed") ? "neither" : "refused";
}
